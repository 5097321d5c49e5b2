/** FAULTS.md, rows 2 to 10, 12 and 33: what a configuration may not be. */
import { describe, expect, it } from '@jest/globals'
import { decodeConfig } from '../../src/config/read/text.js'
import { CodedError } from '../../src/model/errors.js'
import { configProblems } from '../../src/config/load.js'
import { accepted, edited, example, file, place, placeOf, refusal, withValue } from './example.js'

const sandbox = (key: string, value: unknown) => withValue(['environments', 'sandbox', key], value)
const flask = (key: string, value: unknown) => withValue(['layers', 'da_flask', key], value)

/** The one line of the refusal, checked for its code. */
function line(text: string): string {
  const error = refusal(text)
  expect(error.code).toBe('CONFIG_INVALID')
  expect(error.message).not.toMatch(/[\r\n]/)
  return error.message
}

describe('F2 text that is no configuration', () => {
  it.each([
    ['nothing', '', '1:1'],
    ['only a comment', '# later\n', '1:1'],
    ['a list', '- a\n', '1:1'],
    ['a word', 'yes\n', '1:1']
  ])('F2 %s', (_name, text, where) => {
    expect(line(text)).toContain('Expected the file to be a mapping')
    expect(place(refusal(text))).toBe(where)
  })

  it('F2 bad YAML has line and column', () => {
    const text = edited([
      'regions: [us-east-2]\n    artifact-bucket: 111',
      'regions: [us-east-2\n    artifact-bucket: 111'
    ])
    expect(line(text)).toMatch(/^\.github\/layer-deploy\.yml:\d+:\d+: CONFIG_INVALID: Expected valid YAML/)
    expect(refusal(text).location?.line).toBe(8)
  })

  it.each([
    ['brackets that are never closed', `a: ${'['.repeat(2_001)}`, 'found thousands of levels'],
    ['lists in a line', `${'- '.repeat(1_001)}a`, 'found thousands of levels'],
    ['lines', 'a:\n'.repeat(200_001), 'Expected at most 200000 values, found 200001.'],
    [
      'tags',
      `a: [${'! '.repeat(20_001)}]`,
      'Expected at most 20000 tags, anchors, aliases and directives, found 20001.'
    ],
    ['directives', '%A\n'.repeat(20_001), 'Expected at most 20000 tags, anchors, aliases and directives, found 20001.']
  ])('F141 of nothing but %s is refused before it is parsed', (_what, text, words) => {
    expect(line(text)).toContain(words)
  })

  it('globs of thousands of layers are neither tags nor aliases', () => {
    const globs = Array.from(
      { length: 4_000 },
      (_unused, n) => `  l${n}: { path: l${n}, build: { exclude: ["**/tests/**", "**/*.pyc"] } }\n`
    )
    const text = example.replace(/\nlayers:\n[^]*/, `\nlayers:\n${globs.join('')}`)
    expect(configProblems(text, file)).toEqual([])
  })

  it('F2 a duplicate key, at any depth', () => {
    const text = edited(['stage: prod', 'branch: release'])
    expect(line(text)).toContain('Expected each key once in its mapping, found "branch" a second time')
    expect(place(refusal(text))).toBe(placeOf(text, 'branch: release'))
    expect(line(`${example}layers: {}\n`)).toContain('"layers" a second time')
    expect(line('1: a\n"1": b\n')).toContain('"1" a second time')
  })

  it('F2 an alias bomb', () => {
    const levels = Array.from({ length: 6 }, (_, n) => `k${n + 1}: &k${n + 1} [${`*k${n}, `.repeat(9)}]\n`)
    expect(line(`k0: &k0 x\n${levels.join('')}`)).toContain('values, found more, with aliases followed')
  })

  it('F2 an alias in its own anchor', () => {
    expect(line('a: &a [*a]\n')).toContain('nested at most 32 deep')
  })

  it('F2 an alias without an anchor', () => {
    expect(line(edited(['stage: dev', 'stage: *stage']))).toMatch(/^\.github\/layer-deploy\.yml:5:12: /)
  })

  it('F2 over 1 MB, counted in bytes', () => {
    expect(accepted(`${example}#${' '.repeat(1_000_000 - example.length - 1)}`).layers).toHaveLength(2)
    expect(line(`${example}#${' '.repeat(1_000_000 - example.length)}`)).toContain('at most 1,000,000 bytes')
    expect(line(`${example}#${'é'.repeat(500_000)}`)).toContain('at most 1,000,000 bytes')
    expect(() => decodeConfig(new Uint8Array(1_000_001), file)).toThrow('at most 1,000,000 bytes')
  })

  it('F2 brackets only, as deep as they go', () => {
    expect(refusal('['.repeat(20_000)).code).toBe('CONFIG_INVALID')
    expect(refusal('a: '.repeat(2000)).code).toBe('CONFIG_INVALID')
    expect(refusal(`${'- '.repeat(40)}x`).code).toBe('CONFIG_INVALID')
  })

  it('F2 twenty thousand keys, in time', () => {
    const text = Array.from({ length: 20_000 }, (_, n) => `k${n}:\n`).join('')
    expect(configProblems(text, file)).toHaveLength(100)
  })

  it('F2 several documents', () => {
    const text = `${example}---\n${example}`
    expect(line(text)).toContain('Expected one YAML document, found several')
    expect(refusal(text).location?.line).toBe(example.split('\n').length)
  })

  it('F2 tabs as indentation', () => {
    const text = edited(['    stage: dev', '\tstage: dev'])
    expect(line(text)).toContain('found a tab')
    expect(refusal(text).location?.line).toBe(5)
  })

  it('F2 a tag, a YAML 1.1 directive, a key that is no word', () => {
    expect(line(edited(['stage: dev', 'stage: !secret dev']))).toContain('.yml:5:12: ')
    expect(line(edited(['stage: dev', 'stage: !!binary ZGV2']))).toContain('.yml:5:')
    expect(line(`%YAML 1.1\n---\n${example}`)).toContain('Expected YAML 1.2')
    expect(accepted(`%YAML 1.2\n---\n${example}`).layers).toHaveLength(2)
    expect(line(`${example}? [a, b]\n: 1\n`)).toContain('Expected a plain word as key')
  })

  it('F2 bytes that are not UTF-8', () => {
    const bytes = new TextEncoder().encode(example)
    expect(decodeConfig(bytes, file)).toBe(example)
    expect(decodeConfig(Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes), file)).toBe(example)
    const broken = bytes.slice()
    broken[20] = 0xff
    let thrown: unknown
    try {
      decodeConfig(broken, file)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(CodedError)
    expect((thrown as CodedError).message).toContain(`${file}:2:10: CONFIG_INVALID: Expected UTF-8 text`)
    expect(line(new TextDecoder().decode(broken))).toContain(`${file}:2:10: CONFIG_INVALID: Expected UTF-8 text`)
    expect(line(example.split('').join('\0'))).toContain('Expected UTF-8 text')
  })
})

describe('F3 unknown keys and wrong types', () => {
  it.each([
    [['enviroments'], 'environments'],
    [['environments', 'sandbox', 'accountId'], 'account-id'],
    [['environments', 'sandbox', 'account_id'], 'account-id'],
    [['environments', 'sandbox', 'bucket'], 'artifact-bucket'],
    [['defaults', 'runtimes'], 'compatible-runtimes'],
    [['layers', 'da_flask', 'also_watch'], 'also-watch'],
    [['layers', 'da_flask', 'compatible-runtime'], 'compatible-runtimes'],
    [['layers', 'da_framework', 'build', 'requirments'], 'requirements']
  ])('F3 the unknown key %j is near to %s', (path, near) => {
    const text = withValue(path, 'x')
    expect(line(text)).toContain(`"${path.at(-1) ?? ''}" (did you mean ${near}?). To fix: write ${near}`)
    expect(place(refusal(text))).toBe(placeOf(text, `${path.at(-1) ?? ''}: x`))
  })

  it('F3 a mistyped required key is one problem, not two', () => {
    const problems = configProblems(edited(['stage: dev', 'stge: dev']), file)
    expect(problems.map(({ finding }) => finding.found)).toEqual(['"stge" (did you mean stage?)'])
  })

  it('F3 a key that is near to none, and one that belongs elsewhere', () => {
    expect(line(sandbox('zzzzzz', 1))).toContain('found the unknown key "zzzzzz". To fix: rename or delete the key')
    expect(line(withValue(['regions'], ['us-east-2']))).toContain('To fix: move regions to environments.<name>')
    expect(line(withValue(['defaults', 'build'], {}))).toContain('To fix: move build to layers.<id>')
  })

  it.each([
    [['version'], '1', 'Expected version to be the number 1, found "1"'],
    [['environments'], [], 'Expected environments to be at least one environment by name, found an empty list'],
    [['environments', 'sandbox'], 'x', 'Expected environments.sandbox to be a mapping of keys to values, found "x"'],
    [['environments', 'sandbox', 'stage'], true, 'found the boolean true'],
    [['environments', 'sandbox', 'engine'], 'cloudfromation', 'To fix: write cloudformation if that is what you mean'],
    [['environments', 'sandbox', 'concurrency'], '8', 'a whole number from 1 to 64, found "8"'],
    [['environments', 'sandbox', 'concurrency'], 0, 'found the number 0'],
    [['environments', 'sandbox', 'concurrency'], 65, 'found the number 65'],
    [['environments', 'sandbox', 'concurrency'], 1.5, 'found the number 1.5'],
    [['layers', 'da_flask'], 'da_flask', 'Expected layers.da_flask to be a mapping'],
    [['layers', 'da_flask', 'path'], 12, 'found the number 12'],
    [
      ['layers', 'da_flask', 'also-watch'],
      'constraints.txt',
      'a list of relative paths, each once, found "constraints.txt"'
    ],
    [['layers', 'da_flask', 'build'], 'make', 'a mapping of keys to values, found "make"'],
    [['layers', 'da_flask', 'build'], { command: ['make'] }, 'to be a command, found a list of 1'],
    [['layers', 'da_flask', 'build'], { command: ' ' }, 'to be a command, found " "'],
    [['layers', 'da_flask', 'build'], { installer: 'poetry' }, 'auto, uv or pip, found "poetry"'],
    [['layers', 'da_flask', 'build'], { 'source-distributions': 'yes' }, 'to be true or false, found "yes"'],
    [['layers', 'da_flask', 'build'], { exclude: ['!*.py'] }, 'does not begin with !'],
    [['layers', 'da_flask', 'build'], { 'allow-secrets': ['**'] }, 'whose last part is not made of wildcards alone'],
    [['layers', 'da_flask', 'build'], { 'allow-secrets': ['python/x/**'] }, 'not made of wildcards alone'],
    [['layers', 'da_flask', 'build'], { 'allow-secrets': ['!python/a.pem'] }, 'without a leading !'],
    [['layers', 'da_flask', 'build'], { 'allow-secrets': ['/etc/x.pem'] }, 'without a leading ! or /'],
    [['layers', 'da_flask', 'build'], { environment: ['AWS_SECRET_ACCESS_KEY'] }, 'none of the keys of AWS'],
    [['layers', 'da_flask', 'build'], { environment: ['INPUT_GITHUB-TOKEN'] }, 'none of the keys of AWS'],
    [['layers', 'da_flask', 'build'], { environment: ['GITHUB_ENV'] }, 'the files and tokens of the runner'],
    [['layers', 'da_flask', 'build'], { environment: 'TOKEN' }, 'a list of names of variables'],
    [['layers', 'da_flask', 'build'], { 'allow-secrets': 'a.pem' }, 'a list of paths or globs, each once'],
    [['layers', 'da_flask', 'build'], { command: 'make', requirements: 'r.txt' }, 'either command, or requirements'],
    [['layers', 'da_flask', 'build'], { command: 'make', installer: 'uv' }, 'found command and installer'],
    [['layers', 'da_flask', 'build'], { source: ['src'] }, 'source together with requirements'],
    [['layers', 'da_flask', 'description'], '', 'a description of one line'],
    [
      ['layers', 'da_flask', 'license-info'],
      ['MIT'],
      'a licence in one line of 1 to 512 characters, found a list of 1'
    ],
    [['layers', 'da_flask', 'compatible-architectures'], ['x86-64'], 'To fix: write x86_64 if that is what you mean'],
    [['layers', 'da_flask', 'compatible-runtimes'], [3.1], 'found the number 3.1']
  ])('F3 %j: %j is refused', (path, value, message) => {
    expect(line(withValue(path, value))).toContain(message)
  })

  it.each([
    ['version', ['version']],
    ['environments', ['environments']],
    ['layers', ['layers']],
    ...['branch', 'stage', 'account-id', 'regions', 'artifact-bucket'].map(
      key => [key, ['environments', 'sandbox', key]] as [string, string[]]
    ),
    ['path', ['layers', 'da_flask', 'path']]
  ])('F3 the missing key %s', (key, path) => {
    expect(line(withValue(path, undefined))).toContain(`Expected the key ${key} `)
  })

  it('F3 an empty value shows the key', () => {
    const text = edited(['branch: test  ', 'branch: #    '])
    expect(line(text)).toContain('found an empty value')
    expect(place(refusal(text))).toBe(placeOf(text, 'branch: #'))
  })

  it('F3 a runtime is required, by the layer or by the defaults', () => {
    const text = withValue(['defaults'], undefined)
    expect(line(text)).toContain('Expected compatible-runtimes for the layer da_flask')
    expect(place(refusal(text))).toBe(placeOf(text, 'da_flask:'))
  })

  it('F3 names of environments and layers', () => {
    const environment = (name: string) => edited(['  production:', `  ${name}:`])
    for (const name of ['1st', 'a b', '"a/b"', 'a'.repeat(65), '"*"', '""', 'plan', 'é']) {
      expect(line(environment(name))).toContain('an environment name of 1 to 64')
    }
    expect(line(environment('Sandbox'))).toContain('differ by more than case')
    const layer = (id: string) => edited(['  da_framework:', `  ${id}:`])
    for (const id of ['1st', '-a', 'a.b', 'a'.repeat(101), '""', '"a\\nb"']) {
      expect(line(layer(id))).toContain('a layer id of 1 to 100')
    }
    expect(line(layer('DA_flask'))).toContain('differ by more than case')
    expect(accepted(layer('_'.repeat(1) + 'a'.repeat(99))).layers).toHaveLength(2)
  })

  it.each([
    ['template: ../t.yaml', 'template'],
    ['template: {}', 'the key file under layers.da_flask.template'],
    ['template: { file: t.yaml, parameter: { A: b } }', 'did you mean parameters?'],
    ['template: { file: t.yaml, parameters: { A: 1 } }', 'as text in one line'],
    ['template: { file: t.yaml, parameters: { A-B: "1" } }', 'the name of a template parameter'],
    ['template: { file: t.yaml, parameters: { A: "{region}" } }', 'no placeholders but {stage}, {layer}'],
    ['template: { file: t.yaml, capabilities: [CAPABILITY_IAN] }', 'CAPABILITY_IAM'],
    ['template: t.yaml\n    description: twice', 'description in the template t.yaml alone'],
    ['template: t.yaml\n    compatible-runtimes: [python3.10]', 'compatible-runtimes in the template t.yaml alone']
  ])('F3 %j is refused', (line_, found) => {
    expect(line(edited(['    path: da_flask ', `    ${line_}\n    path: da_flask `]))).toContain(found)
  })

  it('F3 an own template needs no runtimes in the configuration, and no engine lambda', () => {
    const own = withValue(['layers', 'da_flask', 'template'], 't.yaml').replace(
      '  compatible-runtimes:\n    - python3.10\n',
      ''
    )
    expect(line(own)).toContain('compatible-runtimes for the layer da_framework')
    const direct = edited(
      ['stage: prod', 'stage: prod\n    engine: lambda'],
      ['path: da_flask ', 'path: da_flask\n    template: t.yaml\n    #']
    )
    expect(line(direct)).toContain('template with the engine cloudformation only, found the environment production')
    expect(place(refusal(direct))).toBe(placeOf(direct, 'template:'))
  })

  it('F3 stack-name has no effect with engine lambda, and is refused', () => {
    const text = edited(['stage: dev', 'stage: dev\n    engine: lambda\n    stack-name: "{stage}-{layer}"'])
    expect(line(text)).toContain('stack-name with the engine cloudformation only')
    const protection = edited(['stage: dev', 'stage: dev\n    engine: lambda\n    termination-protection: true'])
    expect(line(protection)).toContain('termination-protection with the engine cloudformation only')
    const failed = edited(['stage: dev', 'stage: dev\n    engine: lambda\n    recreate-failed-stacks: true'])
    expect(line(failed)).toContain('recreate-failed-stacks with the engine cloudformation only')
  })
})

describe('F4 environments that overlap', () => {
  it('F4 a branch in two environments', () => {
    const text = edited(['branch: main', 'branch: test'])
    expect(line(text)).toContain('Expected each branch in one environment, found "test" in sandbox and in production')
    expect(place(refusal(text))).toBe('10:13')
    const list = edited(['branch: main', 'branch: [main, test]'])
    expect(place(refusal(list))).toBe(placeOf(list, 'test]'))
    expect(line(edited(['branch: test ', 'branch: [test, test] ']))).toContain('"test" twice')
  })

  it('F4 one account with one stage, also in different regions', () => {
    const clash = [
      ['"444455556666"', '"111122223333"'],
      ['stage: prod', 'stage: dev']
    ] as const
    expect(line(edited(...clash))).toContain(
      'Expected each account and stage in one environment, found account 111122223333 with stage "dev" in sandbox and in production'
    )
    const text = edited(...clash).replace(/regions: \[us-east-2\]\n(?=.*4444)/, 'regions: [eu-west-1]\n')
    expect(text).toContain('eu-west-1')
    expect(line(text)).toContain('Expected each account and stage in one environment')
    expect(accepted(edited(['"444455556666"', '"111122223333"'])).environments).toHaveLength(2)
  })

  it('F4 one account and region whose templates come out at one name', () => {
    const text = edited(
      ['"444455556666"', '"111122223333"'],
      ['stage: dev', 'stage: dev\n    layer-name: "{layer}"'],
      ['stage: prod', 'stage: prod\n    layer-name: "{layer}"']
    )
    expect(line(text)).toContain('found "da-flask" for layer da_flask in sandbox and for layer da_flask in production')
    expect(accepted(text.replace(/regions: \[us-east-2\]\n(?=.*4444)/, 'regions: [eu-west-1]\n')).layers).toHaveLength(
      2
    )
  })

  it('F4 promotion from nowhere, from itself, in a circle', () => {
    expect(line(edited(['promote-from: sandbox', 'promote-from: sandbx']))).toContain('To fix: write sandbox if')
    expect(line(edited(['promote-from: sandbox', 'promote-from: production']))).toContain('found "production"')
    const circle = edited(['stage: dev', 'stage: dev\n    promote-from: production'])
    expect(line(circle)).toContain('found sandbox ← production ← sandbox')
    expect(configProblems(circle, file)).toHaveLength(2)
  })
})

describe('F5 account ids', () => {
  it.each([
    '111122223333',
    '011122223333',
    '0o17',
    '1.11122223333e11',
    '0x19DE0BD505',
    'true',
    '~',
    '["111122223333"]'
  ])('F5 %s without quotes', written => {
    const text = edited(['"111122223333"', written])
    expect(line(text)).toContain('an AWS account id of 12 digits in quotes')
    if (/^\d{12}$/.test(written))
      expect(line(text)).toContain(`To fix: put the number in quotes: account-id: "${written}"`)
    if (/^[01]/.test(written))
      expect(line(text)).toContain(`the number ${written} without quotes (YAML then drops leading zeros`)
  })

  it.each(['11112222333', '1111222233334', '1111-2222-3333', ' 111122223333', '111122223333\\n', '', '١١١١٢٢٢٢٣٣٣٣'])(
    'F5 "%s" is not 12 digits',
    written => {
      expect(line(edited(['"111122223333"', `"${written}"`]))).toContain('an AWS account id of 12 digits in quotes')
    }
  )
})

describe('F6 an allow-list is never "all"', () => {
  const lists = [
    ...['branch', 'regions'].map(key => ['environments', 'sandbox', key]),
    ['defaults', 'compatible-runtimes'],
    ...['compatible-runtimes', 'compatible-architectures'].map(key => ['layers', 'da_flask', key]),
    ['layers', 'da_framework', 'build', 'source']
  ]
  const values = [
    [],
    '',
    ' ',
    ',x',
    ',us-east-2',
    'test,',
    [''],
    [' '],
    [',x'],
    [null],
    null,
    {},
    ['*'],
    '*',
    [['test']]
  ]
  const entries = lists.flatMap(path => values.map(value => [path, value] as const))
  // A file may be called `,x` or `*`.
  const isFileName = (value: unknown): boolean => Array.isArray(value) && [',x', '*'].includes(String(value[0]))
  it.each(entries.filter(([path, value]) => !(path.includes('source') && isFileName(value))))(
    'F6 %j: %j',
    (path, value) => {
      expect(line(withValue(path, value))).toMatch(/: CONFIG_INVALID: /)
    }
  )

  it.each([['environments'], ['layers']])('F6 no %s at all', key => {
    for (const value of [{}, null, [], ''])
      expect(line(withValue([key], value))).toContain(`Expected ${key} to be at least one`)
  })

  it.each([
    'refs/heads/test',
    'release/*',
    'te st',
    '-x',
    'a..b',
    'a.lock',
    '/a',
    'a/',
    'a//b',
    'a@{1}',
    '[a]',
    'a\u0007'
  ])('F6 %j is no exact branch name', name => {
    expect(line(sandbox('branch', name))).toContain('an exact branch name')
    expect(line(sandbox('branch', ['test', name]))).toContain('an exact branch name')
  })

  it.each(['feature/x', 'v1.2', 'on', 'Main', 'maın', '#1', 'a-b_c'])('F6 %j is one', name => {
    expect(accepted(sandbox('branch', name)).environments[0]?.branches).toEqual([name])
  })
})

describe('F7 regions', () => {
  it.each([
    'us-eats-2',
    'us-east2',
    'us-east-2a',
    'US-EAST-2',
    'useast2',
    'xx-east-1',
    'us-east-0',
    'eusc-de-east-1',
    'global',
    'us-iso-east-1'
  ])('F7 %s is of no known partition or shape', region => {
    expect(line(sandbox('regions', [region]))).toContain('to be a region of aws, aws-cn or aws-us-gov')
  })

  it('F7 names the nearest region', () => {
    expect(line(sandbox('regions', ['us-eats-2']))).toContain('To fix: write us-east-2 if that is what you mean')
  })

  it('F7 all regions of an environment lie in one partition', () => {
    const text = edited(['[us-east-2]', '[us-east-2, cn-north-1]'])
    expect(line(text)).toContain('Expected regions of one partition, here aws, found cn-north-1 of aws-cn')
    expect(place(refusal(text))).toBe(placeOf(text, 'cn-north-1'))
    expect(line(sandbox('regions', ['us-gov-east-1', 'us-east-1']))).toContain('here aws-us-gov')
  })

  it('F7 a well-formed region that is newer than this action is accepted', () => {
    expect(accepted(sandbox('regions', ['eu-west-9'])).environments[0]?.partition).toBe('aws')
  })

  it('F7 a region twice', () => {
    expect(line(sandbox('regions', ['us-east-2', 'us-east-2']))).toContain('"us-east-2" twice')
  })
})

describe('F8 limits of AWS', () => {
  it('F8 layer name: 140 characters of letters, digits, - and _', () => {
    // engine lambda: a stack name would be refused earlier, at 128.
    const direct = (name: string) =>
      edited(['stage: dev', `stage: dev\n    engine: lambda\n    layer-name: "${name}{layer}"`])
    const room = 140 - 'da-framework'.length
    expect(accepted(direct('x'.repeat(room))).layers).toHaveLength(2)
    const text = direct('x'.repeat(room + 1))
    expect(line(text)).toContain('a layer name of 1 to 140')
    expect(line(text)).toContain('(141 characters) for layer da_framework in sandbox')
    expect(place(refusal(text))).toBe(placeOf(text, 'layer-name'))
    for (const name of ['a.b', 'a b', 'ä', 'a:b', 'a/'])
      expect(line(direct(name))).toContain('a layer name of 1 to 140')
  })

  it('F8 stack name: 128 characters, a letter first, no _', () => {
    const named = (name: string) => edited(['stage: dev', `stage: dev\n    stack-name: "${name}{layer}"`])
    const room = 128 - 'da-framework'.length
    expect(accepted(named('x'.repeat(room))).layers).toHaveLength(2)
    expect(line(named('x'.repeat(room + 1)))).toContain('(129 characters) for layer da_framework in sandbox')
    for (const name of ['1', '-', 'a_b', 'a.b']) expect(line(named(name))).toContain('a stack name of 1 to 128')
    expect(line(edited(['stage: dev', 'stage: d_v']))).toContain('"d_v-da-flask-layer"')
    expect(accepted(edited(['stage: dev', 'stage: d_v\n    engine: lambda'])).layers).toHaveLength(2)
  })

  it('F8 description: 256 characters, less the suffix that engine lambda adds', () => {
    expect(accepted(flask('description', 'd'.repeat(256))).layers).toHaveLength(2)
    expect(line(flask('description', 'd'.repeat(257)))).toContain('(257 characters)')
    const direct = (length: number) =>
      flask('description', 'd'.repeat(length)).replace('stage: prod', 'stage: prod\n    engine: lambda')
    expect(accepted(direct(181)).layers).toHaveLength(2)
    expect(line(direct(182))).toContain('at most 181 characters with engine lambda')
    expect(181 + ` [content:${'0'.repeat(64)}]`.length).toBe(256)
  })

  it('F8 licence: 512 characters', () => {
    expect(accepted(flask('license-info', 'l'.repeat(512))).layers).toHaveLength(2)
    expect(line(flask('license-info', 'l'.repeat(513)))).toContain('1 to 512')
  })

  it('F8 15 runtimes of a known shape, 2 architectures', () => {
    const runtimes = (count: number) => Array.from({ length: count }, (_, n) => `python3.${n}`)
    expect(accepted(flask('compatible-runtimes', runtimes(15))).layers[0]?.compatibleRuntimes).toHaveLength(15)
    expect(line(flask('compatible-runtimes', runtimes(16)))).toContain('a list of 1 to 15 Lambda runtimes')
    for (const runtime of ['python', 'python3', '3.10', 'Python3.10', 'python2.7', 'node20', 'python3.10 ']) {
      expect(line(flask('compatible-runtimes', [runtime]))).toContain('a Lambda runtime identifier')
    }
    const good = [
      'nodejs22.x',
      'java21',
      'java8.al2',
      'dotnet8',
      'dotnetcore3.1',
      'ruby3.4',
      'provided.al2023',
      'provided'
    ]
    expect(accepted(flask('compatible-runtimes', good)).layers[0]?.compatibleRuntimes).toEqual(good)
    expect(accepted(flask('compatible-architectures', ['x86_64', 'arm64'])).layers).toHaveLength(2)
    expect(line(flask('compatible-architectures', ['x86_64', 'arm64', 'x86_64']))).toContain('"x86_64" twice')
  })

  it.each([
    ['ab', '3 to 63'],
    ['a'.repeat(64), '3 to 63'],
    ['Code', 'lower-case'],
    ['s3://code', 'lower-case'],
    ['code/deployment', 'lower-case'],
    ['code_deployment', 'lower-case'],
    ['-code', 'both ends'],
    ['code.', 'both ends'],
    ['a..b', 'no two dots'],
    ['127.0.0.1', 'no IP address'],
    ['xn--code', 'prefixes'],
    ['sthree-code', 'prefixes'],
    ['code-s3alias', 'suffixes'],
    ['code--x-s3', 'suffixes'],
    [`${'a'.repeat(55)}{region}`, '3 to 63']
  ])('F8 bucket %s', (bucket, rule) => {
    const text = sandbox('artifact-bucket', bucket)
    expect(line(text)).toContain('Expected a bucket name as Amazon S3 allows it')
    expect(line(text)).toContain(rule)
    expect(place(refusal(text))).toBe(placeOf(text, text.includes(`"${bucket}"`) ? `"${bucket}"` : bucket))
  })

  it.each([
    ['layer-name', '{stage}-{layr}', '{layr}', 'To fix: write {layer} if'],
    ['layer-name', '{layer}-{region}', '{region}', 'no placeholders but {stage}, {layer}, {environment}'],
    ['stack-name', '{layer', '{', 'no placeholders but'],
    ['stack-name', 'layer}', '}', 'no placeholders but'],
    ['artifact-bucket', 'code-{layer}', '{layer}', 'no placeholders but {stage}, {region}, {environment}'],
    ['artifact-bucket', 'code-{}', '{}', 'no placeholders but'],
    ['layer-name', '{__proto__}', '{__proto__}', 'no placeholders but']
  ])('F8 %s %s: the placeholder is unknown', (key, template, found, message) => {
    expect(line(sandbox(key, template))).toContain(`found ${found}.`)
    expect(line(sandbox(key, template))).toContain(message)
  })
})

describe('F9 two layers with one name', () => {
  it('F9 _ and - come out at one layer name', () => {
    const text = edited(['  da_framework:', '  da-flask:'])
    expect(line(text)).toContain(
      'Expected each layer name once in an account and region, found "dev-da-flask-layer" for layer da_flask in sandbox and for layer da-flask in sandbox'
    )
    expect(place(refusal(text))).toBe(placeOf(text, 'da-flask:'))
  })

  it('F9 a template without {layer}', () => {
    expect(line(sandbox('layer-name', 'shared'))).toContain('found "shared" for layer da_flask in sandbox')
    expect(line(sandbox('stack-name', 'shared'))).toContain('Expected each stack name once')
  })

  it('F9 a stack name clashes with another account never', () => {
    const text = edited(
      ['stage: dev', 'stage: dev\n    stack-name: "x-{layer}"'],
      ['stage: prod', 'stage: prod\n    stack-name: "x-{layer}"']
    )
    expect(accepted(text).layers).toHaveLength(2)
  })
})

describe('F10 yes for a boolean', () => {
  it.each(['yes', 'no', 'on', 'off', 'Yes', 'y'])('F10 %s is text in YAML 1.2, and the message says so', word => {
    const text = edited(['stage: dev', `stage: dev\n    termination-protection: ${word}`])
    expect(line(text)).toContain(
      `Expected environments.sandbox.termination-protection to be true or false, found "${word}", which YAML 1.2 reads as text`
    )
  })
})

describe('F12 keys of JavaScript', () => {
  it.each(['__proto__', 'constructor', 'prototype', '"__proto__"', '"\\x5f_proto__"'])(
    'F12 %s is refused everywhere',
    key => {
      for (const parent of ['environments:\n  ', 'layers:\n  ', 'da_flask:\n    ', 'defaults:\n  ', 'sandbox:\n    ']) {
        const text = edited([parent, `${parent}${key}: { polluted: true }\n${parent.split('\n')[1] ?? ''}`])
        expect(line(text)).toContain('which is reserved in JavaScript')
      }
      expect(line(`${key}: 1\n${example}`)).toMatch(/yml:1:1: CONFIG_INVALID: .*which is reserved in JavaScript/)
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    }
  )

  it.each(['toString', 'hasOwnProperty', 'valueOf'])('F12 %s is a name like any other', key => {
    expect(accepted(edited(['  da_framework:', `  ${key}:`])).layers[1]?.id).toBe(key)
    expect(line(sandbox(key, 1))).toContain(`the unknown key "${key}"`)
    expect(line(sandbox('promote-from', key))).toContain(`found "${key}"`)
  })
})

describe('F33 paths that leave the repository', () => {
  const paths = [
    ...['../x', '..', 'a/../b', 'a/..', '/etc', '//a', '-rf', '--upload-pack=x', 'a\\b', '..\\a', '', ' ', ' a', 'a '],
    ...[
      'a//b',
      'a/',
      '.',
      './a',
      'a/./b',
      '.git',
      'a/.git',
      '.git/hooks',
      '.GIT/config',
      'a\0b',
      'a\nb',
      '~',
      '~/a',
      ':(top)a'
    ],
    'a'.repeat(1025)
  ]
  const places: readonly (readonly [string, (path: string) => string])[] = [
    ['path', path => flask('path', path)],
    ['also-watch', path => flask('also-watch', ['constraints.txt', path])],
    ['requirements', path => withValue(['layers', 'da_framework', 'build', 'requirements'], path)],
    ['source', path => withValue(['layers', 'da_framework', 'build', 'source'], [path])]
  ]
  it.each(places.flatMap(([key, text]) => paths.map(path => [key, path, text] as const)))(
    'F33 %s: %j',
    (_key, path, text) => {
      expect(line(text(path))).toContain('to be a relative path')
    }
  )

  it.each([
    'da_flask',
    'a/b/c',
    '.github',
    'a/.gitignore',
    'a..b',
    '...',
    'a b',
    'é/ü',
    'a/-b',
    'a:b',
    "it's",
    'a'.repeat(1024)
  ])('F33 %j stays inside', path => {
    for (const [, text] of places) expect(accepted(text(path)).layers).toHaveLength(2)
  })
})
