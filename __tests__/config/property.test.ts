/** More than 10,000 generated texts: nothing but coded errors, each with a place in the text; what is valid comes back. */
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { configDefaults } from '../../src/config/schema/defaults.js'
import { furtherProblems } from '../../src/model/errors.js'
import type { Config, Environment, Layer } from '../../src/model/index.js'
import { CodedError } from '../../src/model/errors.js'
import { accepted, example } from './example.js'
import { runs } from '../support/property-runs.js'

/** Reads the text; a refusal must be coded, in one line, and every place within the text. Plain throws: `expect` costs more. */
function judge(text: string): void {
  const lines = text.split('\n')
  for (const problem of problemsOf(text)) {
    if (problem.code !== 'CONFIG_INVALID' || /[\r\n\u2028\u2029]/.test(problem.message)) throw problem
    const { line = 0, column = 0 } = problem.location ?? {}
    const length = lines[line - 1]?.length
    if (length === undefined || column < 1 || column > length + 1) throw problem
  }
}

function problemsOf(text: string): readonly CodedError[] {
  try {
    accepted(text)
    return []
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    return [error, ...furtherProblems(error)]
  }
}

const tokens = [
  ...[
    'version: 1\n',
    'environments:\n',
    'layers:\n',
    '  sandbox:\n',
    '    branch: test\n',
    '  a: {path: a}\n',
    'regions'
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    ': ',
    ':',
    '- ',
    '? ',
    ', ',
    '\n',
    '  ',
    '\t',
    '"',
    "'",
    '|\n',
    '>-\n',
    '#',
    '&a ',
    '*a',
    '<<: *a'
  ],
  ...[
    '!!str ',
    '!x ',
    '%YAML 1.1\n',
    '---\n',
    '...\n',
    '\r\n',
    '\uFEFF',
    '\0',
    '\u2028',
    'é',
    '__proto__',
    '0o17',
    '.inf',
    '~',
    'yes'
  ],
  ...['\ud800', '1e400', '\\', '@', '`', 'x'.repeat(200)]
]

describe('any text', () => {
  it('G10 5,000 arbitrary strings', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), judge), { numRuns: runs(5000) })
  })

  it('G10 3,500 sequences of YAML tokens', () => {
    const text = fc.array(fc.constantFrom(...tokens), { maxLength: 30 }).map(parts => parts.join(''))
    fc.assert(fc.property(text, judge), { numRuns: runs(3500) })
  })

  it('G10 1,000 damaged copies of a valid configuration', () => {
    const damage = fc.tuple(fc.nat(example.length), fc.nat(12), fc.constantFrom('', ...tokens))
    fc.assert(
      fc.property(damage, ([start, length, by]) => {
        judge(example.slice(0, start) + by + example.slice(start + length))
      }),
      { numRuns: runs(1000) }
    )
  })

  it('G10 1,000 arbitrary values where the configuration has others', () => {
    const key = fc.constantFrom(
      'branch',
      'stage',
      'account-id',
      'regions',
      'engine',
      'layer-name',
      'concurrency',
      'x',
      '__proto__'
    )
    fc.assert(
      fc.property(key, fc.jsonValue(), (name, value) => {
        const environment = stringify({ [name]: value }, { indent: 2 }).replace(/^/gm, '    ')
        judge(`version: 1\nenvironments:\n  sandbox:\n${environment}\nlayers: {}\n`)
      }),
      { numRuns: runs(1000) }
    )
  })
})

const word = (pattern: RegExp) => fc.stringMatching(pattern)
const path = fc.array(word(/^[a-z_][a-z0-9_.-]{0,9}$/), { minLength: 1, maxLength: 3 }).map(parts => parts.join('/'))
const runtimes = fc.uniqueArray(fc.constantFrom('python3.10', 'python3.12', 'nodejs22.x', 'java21'), { minLength: 1 })
const architectures = fc.uniqueArray(fc.constantFrom('x86_64', 'arm64'), { minLength: 1 })
const text = word(/^[a-z"'#:&*!|>%@`{}[\],?é-]{1,20}$/)
const regions = fc.constantFrom(['us-east-2'], ['eu-west-1', 'us-east-1'], ['cn-north-1'], ['us-gov-west-1'])

const build = fc
  .tuple(
    fc.oneof(
      fc.record({ kind: fc.constant('command' as const), command: text }),
      fc.record({
        kind: fc.constant('requirements' as const),
        requirements: path,
        installer: fc.constantFrom('auto' as const, 'uv' as const, 'pip' as const),
        sourceDistributions: fc.constant(true as const),
        source: fc.option(fc.uniqueArray(path, { minLength: 1, maxLength: 3 }))
      }),
      fc.record({ kind: fc.constant('detect' as const), installer: fc.constantFrom('auto' as const, 'uv' as const) })
    ),
    fc.record({
      exclude: fc.uniqueArray(
        path.map(glob => `**/${glob}`),
        { maxLength: 2 }
      ),
      check: fc.option(text)
    }),
    fc.uniqueArray(fc.constantFrom('python/a.pem', 'python/x/*.key', '**/b'), { maxLength: 2 })
  )
  .map(([method, common, allowSecrets]) => ({
    ...method,
    ...common,
    ...(allowSecrets.length === 0 ? {} : { allowSecrets })
  }))

const layers = fc.uniqueArray(
  fc.record({
    id: word(/^[a-z_][a-z0-9_]{0,20}$/),
    path,
    alsoWatch: fc.uniqueArray(path, { maxLength: 3 }),
    description: fc.option(text),
    licenseInfo: fc.option(text),
    compatibleRuntimes: runtimes,
    compatibleArchitectures: architectures,
    build,
    template: fc.option(
      fc.record({
        file: path,
        parameters: fc.dictionary(word(/^[A-Z][A-Za-z0-9]{0,9}$/), fc.constantFrom('{stage}', 'x-{layer}', '1'), {
          maxKeys: 2,
          noNullPrototype: true
        }),
        capabilities: fc.constantFrom([], ['CAPABILITY_IAM' as const])
      })
    ),
    coverage: fc.option(
      fc.record({ report: path.map(name => `Reports/${name}`), minimum: fc.integer({ min: 0, max: 100 }) })
    )
  }),
  { minLength: 1, maxLength: 4, selector: ({ id }) => id }
)

/** Numbered, so that names, branches and stages are each others'. */
const environments = fc
  .array(
    fc.record({
      accountId: word(/^[0-9]{12}$/),
      regions,
      engine: fc.constantFrom('cloudformation' as const, 'lambda' as const),
      concurrency: fc.integer({ min: 1, max: 64 }),
      protection: fc.constantFrom(true, false, null),
      requiredChecks: fc.option(
        fc.record({
          names: fc.uniqueArray(word(/^[A-Za-z][A-Za-z0-9 (),.-]{0,20}[a-z)]$/), { minLength: 1, maxLength: 3 }),
          skipped: fc.constantFrom('success' as const, 'failure' as const),
          waitMinutes: fc.integer({ min: 0, max: 60 })
        })
      ),
      artifactBucketTemplate: fc.constantFrom('code-{stage}-{region}', 'code', 'code-{environment}'),
      parameter: fc.constantFrom('/layers/{stage}/{layer}', '{environment}.{stage}.{region}.{layer}', null),
      shareWith: fc.oneof(
        fc.uniqueArray(word(/^[0-9]{12}$/), { minLength: 0, maxLength: 3 }).map(accounts => accounts.toSorted()),
        fc.constantFrom(['o-a1b2c3d4e5'], ['public'])
      ),
      encrypted: fc.constantFrom('aes256', 'kms-key', null),
      named: fc.boolean(),
      promoted: fc.boolean()
    }),
    { minLength: 1, maxLength: 4 }
  )
  .map(all =>
    all.map(({ named, promoted, encrypted, protection, parameter, ...rest }, n): Environment => ({
      ...rest,
      name: `env${n}`,
      branches: n === 2 ? [`b${n}`, `feature/b${n}`] : [`b${n}`],
      stage: `s${n}`,
      partition: rest.regions[0]?.startsWith('cn')
        ? 'aws-cn'
        : rest.regions[0]?.startsWith('us-gov')
          ? 'aws-us-gov'
          : 'aws',
      layerNameTemplate: named ? '{environment}-{stage}-{layer}' : configDefaults.layerName,
      stackNameTemplate: named && rest.engine === 'cloudformation' ? 'st-{stage}-{layer}' : null,
      terminationProtection: rest.engine === 'cloudformation' ? protection : null,
      ssmParameterTemplate: rest.engine === 'cloudformation' ? parameter : null,
      encryption: writtenEncryption(encrypted, rest.regions),
      recreateFailedStacks: rest.engine === 'cloudformation' && protection === true,
      promoteFrom: promoted && n > 0 ? `env${n - 1}` : null
    }))
  )

function writtenEncryption(
  kind: 'aes256' | 'kms-key' | null,
  [first = '']: readonly string[]
): Environment['encryption'] {
  if (kind !== 'kms-key') return kind === null ? null : { kind }
  const partition = first.startsWith('cn') ? 'aws-cn' : first.startsWith('us-gov') ? 'aws-us-gov' : 'aws'
  return { kind, arn: `arn:${partition}:kms:{region}:111122223333:key/mrk-0123EXAMPLE` }
}

/** The configuration as its author would have written it. */
function asYaml({ environments: all, layers: each }: Config): string {
  const recipe = (layer: Layer) => {
    const { kind: _kind, ...keys } = layer.build
    const { sourceDistributions = null, allowSecrets = null, ...rest } = { sourceDistributions: undefined, ...keys }
    return present({ ...rest, 'source-distributions': sourceDistributions, 'allow-secrets': allowSecrets })
  }
  return stringify({
    version: 1,
    environments: Object.fromEntries(
      all.map(({ name, branches, stage, accountId, regions: inRegions, ...rest }) => [
        name,
        present({
          branch: branches.length === 1 ? branches[0] : branches,
          stage,
          'account-id': accountId,
          regions: inRegions,
          'artifact-bucket': rest.artifactBucketTemplate,
          engine: rest.engine,
          'layer-name': rest.layerNameTemplate,
          'stack-name': rest.stackNameTemplate,
          'promote-from': rest.promoteFrom,
          concurrency: rest.concurrency,
          'required-checks': rest.requiredChecks && {
            names: rest.requiredChecks.names,
            skipped: rest.requiredChecks.skipped,
            'wait-minutes': rest.requiredChecks.waitMinutes
          },
          'termination-protection': rest.terminationProtection,
          'ssm-parameter': rest.ssmParameterTemplate,
          'share-with': writtenShare(rest.shareWith),
          'share-publicly': rest.shareWith.includes('public') ? true : null,
          encryption:
            rest.encryption?.kind === 'kms-key' ? { 'kms-key': rest.encryption.arn } : (rest.encryption?.kind ?? null),
          'recreate-failed-stacks': rest.recreateFailedStacks ? true : null
        })
      ])
    ),
    layers: Object.fromEntries(
      each.map(layer => [
        layer.id,
        present({
          path: layer.path,
          'also-watch': layer.alsoWatch,
          description: layer.description,
          'license-info': layer.licenseInfo,
          'compatible-runtimes': layer.template ? null : layer.compatibleRuntimes,
          'compatible-architectures': layer.template ? null : layer.compatibleArchitectures,
          coverage: layer.coverage,
          build: recipe(layer),
          template: layer.template && {
            file: layer.template.file,
            ...(Object.keys(layer.template.parameters).length > 0 && { parameters: layer.template.parameters }),
            ...(layer.template.capabilities.length > 0 && { capabilities: layer.template.capabilities })
          }
        })
      ])
    )
  })
}

/** With a template what a version declares stands there; engine `lambda` takes none. */
function coherent(layer: Layer, direct: boolean): Layer {
  if (layer.template === null || direct) return { ...layer, template: null }
  return {
    ...layer,
    description: null,
    licenseInfo: null,
    compatibleRuntimes: [],
    compatibleArchitectures: [...configDefaults.compatibleArchitectures]
  }
}

function writtenShare(principals: readonly string[]): readonly string[] | string | null {
  const [first = null] = principals
  return first === null || /^[op]/.test(first) ? first : principals
}

function present(keys: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== null))
}

describe('a valid configuration', () => {
  it('G10 500 of them come back as they were', () => {
    fc.assert(
      fc.property(environments, layers, (all, each) => {
        // Names that only differ in `_` and `-`, or are words of JavaScript or git, are refused: not what is tested here.
        fc.pre(each.every(({ id }) => !['constructor', 'prototype'].includes(id)))
        const globs = each.every(layer => !JSON.stringify(layer).includes('"!'))
        fc.pre(globs && !/"(?:[^"]*\/)?\.{1,2}[/"]/.test(JSON.stringify(each)))
        const direct = all.some(({ engine }) => engine === 'lambda')
        const config = { environments: all, layers: each.map(layer => coherent(layer, direct)) }
        expect(accepted(asYaml(config))).toEqual(config)
      }),
      { numRuns: runs(500) }
    )
  })
})
