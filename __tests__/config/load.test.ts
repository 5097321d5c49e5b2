import { describe, expect, it } from '@jest/globals'
import { configProblems, parseConfig } from '../../src/config/load.js'
import { furtherProblems } from '../../src/model/errors.js'
import { accepted, edited, example, file, placeOf, place, refusal, withValue } from './example.js'

describe('parseConfig', () => {
  it('reads the configuration of the design page', () => {
    expect(parseConfig(example, file)).toEqual({
      environments: [
        {
          name: 'sandbox',
          branches: ['test'],
          stage: 'dev',
          accountId: '111122223333',
          partition: 'aws',
          regions: ['us-east-2'],
          artifactBucketTemplate: '111122223333-code-deployment',
          engine: 'cloudformation',
          layerNameTemplate: '{stage}-{layer}-layer',
          stackNameTemplate: null,
          promoteFrom: null,
          requiredChecks: null,
          concurrency: 8,
          terminationProtection: null,
          ssmParameterTemplate: null,
          shareWith: [],
          recreateFailedStacks: false,
          encryption: null
        },
        {
          name: 'production',
          branches: ['main'],
          stage: 'prod',
          accountId: '444455556666',
          partition: 'aws',
          regions: ['us-east-2'],
          artifactBucketTemplate: '444455556666-code-deployment',
          engine: 'cloudformation',
          layerNameTemplate: '{stage}-{layer}-layer',
          stackNameTemplate: null,
          promoteFrom: 'sandbox',
          requiredChecks: null,
          concurrency: 8,
          terminationProtection: null,
          ssmParameterTemplate: null,
          shareWith: [],
          recreateFailedStacks: false,
          encryption: null
        }
      ],
      layers: [
        {
          id: 'da_flask',
          path: 'da_flask',
          alsoWatch: ['constraints.txt'],
          description: null,
          licenseInfo: null,
          compatibleRuntimes: ['python3.10'],
          compatibleArchitectures: ['x86_64'],
          build: { kind: 'detect', installer: 'auto', exclude: [], check: null },
          coverage: null,
          template: null
        },
        {
          id: 'da_framework',
          path: 'da_framework',
          alsoWatch: [],
          description: null,
          licenseInfo: null,
          compatibleRuntimes: ['python3.10'],
          compatibleArchitectures: ['x86_64'],
          build: {
            kind: 'requirements',
            requirements: 'requirements.txt',
            installer: 'auto',
            source: null,
            exclude: ['**/tests/**'],
            check: null
          },
          coverage: null,
          template: null
        }
      ]
    })
  })

  it.each([
    ['branch', ['test', 'develop'], { branches: ['test', 'develop'] }],
    ['engine', 'lambda', { engine: 'lambda' }],
    ['layer-name', '{environment}-{layer}', { layerNameTemplate: '{environment}-{layer}' }],
    ['stack-name', 'layers-{stage}-{layer}', { stackNameTemplate: 'layers-{stage}-{layer}' }],
    ['concurrency', 64, { concurrency: 64 }],
    ['termination-protection', true, { terminationProtection: true }],
    ['termination-protection', false, { terminationProtection: false }],
    ['ssm-parameter', '/layers/{stage}/{layer}', { ssmParameterTemplate: '/layers/{stage}/{layer}' }],
    ['share-with', 'o-a1b2c3d4e5', { shareWith: ['o-a1b2c3d4e5'] }],
    ['share-with', ['444455556666', '000000000001'], { shareWith: ['000000000001', '444455556666'] }],
    ['recreate-failed-stacks', true, { recreateFailedStacks: true }],
    ['artifact-bucket', 'code-{stage}-{region}', { artifactBucketTemplate: 'code-{stage}-{region}' }],
    ['regions', ['cn-north-1', 'cn-northwest-1'], { partition: 'aws-cn', regions: ['cn-north-1', 'cn-northwest-1'] }],
    ['regions', ['us-gov-west-1'], { partition: 'aws-us-gov' }]
  ])('reads the environment key %s: %j', (key, value, expected) => {
    expect(accepted(withValue(['environments', 'sandbox', key], value)).environments[0]).toMatchObject(expected)
  })

  it.each([
    ['description', 'Shared web framework', { description: 'Shared web framework' }],
    ['license-info', 'MIT', { licenseInfo: 'MIT' }],
    ['compatible-runtimes', ['python3.12', 'python3.13'], { compatibleRuntimes: ['python3.12', 'python3.13'] }],
    ['compatible-architectures', ['arm64'], { compatibleArchitectures: ['arm64'] }],
    [
      'template',
      'templates/flask.yaml',
      { template: { file: 'templates/flask.yaml', parameters: {}, capabilities: [] } }
    ],
    [
      'template',
      { file: 'da_flask/t.json', parameters: { Stage: '{stage}' }, capabilities: ['CAPABILITY_IAM'] },
      { template: { file: 'da_flask/t.json', parameters: { Stage: '{stage}' }, capabilities: ['CAPABILITY_IAM'] } }
    ],
    ['build', {}, { build: { kind: 'detect', installer: 'auto', exclude: [], check: null } }],
    [
      'build',
      { 'source-distributions': true },
      { build: { kind: 'detect', installer: 'auto', sourceDistributions: true, exclude: [], check: null } }
    ],
    [
      'build',
      { 'allow-secrets': ['python/a.pem', 'python/x/tests/*.key'] },
      {
        build: {
          kind: 'detect',
          installer: 'auto',
          exclude: [],
          check: null,
          allowSecrets: ['python/a.pem', 'python/x/tests/*.key']
        }
      }
    ],
    [
      'build',
      { environment: ['MY_SETTING'] },
      { build: { kind: 'detect', installer: 'auto', exclude: [], check: null, environment: ['MY_SETTING'] } }
    ],
    ['build', { 'allow-secrets': [] }, { build: { kind: 'detect', installer: 'auto', exclude: [], check: null } }],
    ['build', { installer: 'uv' }, { build: { kind: 'detect', installer: 'uv', exclude: [], check: null } }],
    [
      'build',
      { command: 'make layer', exclude: ['*.md'], check: 'python -c "import da_flask"' },
      { build: { kind: 'command', command: 'make layer', exclude: ['*.md'], check: 'python -c "import da_flask"' } }
    ],
    [
      'build',
      { requirements: 'requirements/layer.txt', installer: 'pip', source: ['da_flask'] },
      {
        build: {
          kind: 'requirements',
          requirements: 'requirements/layer.txt',
          installer: 'pip',
          source: ['da_flask'],
          exclude: [],
          check: null
        }
      }
    ]
  ])('reads the layer key %s: %j', (key, value, expected) => {
    expect(accepted(withValue(['layers', 'da_flask', key], value)).layers[0]).toMatchObject(expected)
  })

  it('takes x86_64 where no architecture is given', () => {
    const text = edited(['  compatible-architectures: [x86_64]\n', ''])
    expect(accepted(text).layers.map(layer => layer.compatibleArchitectures)).toEqual([['x86_64'], ['x86_64']])
  })

  it('allows two layers of one path, a byte order mark, CRLF and plain aliases', () => {
    const text = edited(
      ['regions: [us-east-2]', 'regions: &regions [us-east-2]'],
      ['"444455556666"\n    regions: [us-east-2]', '"444455556666"\n    regions: *regions'],
      ['path: da_framework', 'path: da_flask']
    )
    const config = accepted(`\uFEFF${text.replaceAll('\n', '\r\n')}`)
    expect(config.environments.map(({ regions }) => regions)).toEqual([['us-east-2'], ['us-east-2']])
    expect(config.layers.map(({ path }) => path)).toEqual(['da_flask', 'da_flask'])
  })

  it('accepts a command of several lines', () => {
    const text = edited([
      'path: da_flask ',
      'path: da_flask\n    build:\n      command: |\n        a\n        b\n    #'
    ])
    expect(accepted(text).layers[0]?.build).toMatchObject({ kind: 'command', command: 'a\nb\n' })
  })

  it('shares one alias among a thousand layers: only aliases that multiply are refused', () => {
    const layers = Array.from({ length: 1000 }, (_, n) => `  layer_${n}: { path: l${n}, build: *build }\n`)
    const text = `${edited(['build: {', 'build: &build {'])}${layers.join('')}`
    expect(accepted(text).layers).toHaveLength(1002)
  })
})

describe('problems', () => {
  const text = edited(['stage: dev', 'stage: [dev]'], ['path: da_framework', 'path: ../da_framework'])

  it('come in the order of the text, each with its place', () => {
    const problems = configProblems(text, file)
    expect(problems.map(place)).toEqual([placeOf(text, '[dev]'), placeOf(text, '../da_framework')])
    expect(problems.map(({ code }) => code)).toEqual(['CONFIG_INVALID', 'CONFIG_INVALID'])
  })

  it('are none for a valid configuration', () => {
    expect(configProblems(example, file)).toEqual([])
  })

  it('the first is thrown, the others go with it', () => {
    const error = refusal(text)
    const [first, second] = configProblems(text, file)
    expect(error.message).toBe(first?.message)
    expect(error.location).toEqual({ file, line: 5, column: 12 })
    expect(furtherProblems(error).map(({ message }) => message)).toEqual([second?.message])
    expect(furtherProblems(refusal(edited(['stage: dev', 'stage: [dev]'])))).toEqual([])
  })

  it('are at most 100', () => {
    const many = Array.from({ length: 5000 }, (_, n) => `nonsense-${n}: 1\n`).join('')
    expect(configProblems(example + many, file)).toHaveLength(100)
  })

  it('show the file, the line and the column first, and the mend last', () => {
    expect(refusal(edited(['version: 1', 'version: 2'])).message).toBe(
      '.github/layer-deploy.yml:1:10: CONFIG_INVALID: Expected version to be the number 1, found the number 2. ' +
        'To fix: write version: 1, the only version that this action reads.'
    )
  })
})
