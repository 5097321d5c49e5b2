import { readFile } from 'node:fs/promises'
import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { errorCodes, type ErrorCode } from '../../src/model/errors.js'
import { parseConfig } from '../../src/config/load.js'
import { readActionMetadata } from '../../scripts/docs/action-metadata.js'
import { configJsonSchema } from '../../scripts/docs/config-schema.js'
import { errorHelp, errorSection, exampleLine } from '../../scripts/docs/errors/section.js'
import { generatedFiles, sections } from '../../scripts/docs/files.js'
import { table } from '../../scripts/docs/markdown.js'
import { replaceSections } from '../../scripts/docs/markers.js'
import { example, withValue } from '../config/example.js'

const root = new URL('../../', `file://${process.cwd()}/__tests__/scripts/`)

describe('generated files', () => {
  it('are as the code says: run npm run docs', async () => {
    const files = await generatedFiles(root)
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'schema/layer-deploy.schema.json',
        ...['docs/configuration.md', 'docs/errors.md', 'docs/inputs.md', 'docs/outputs.md']
      ])
    )
    for (const { path, text } of files) {
      expect({ path, text: await readFile(new URL(path, root), 'utf8') }).toEqual({ path, text })
    }
  })

  it('the configurations shown in docs/configuration.md are valid', async () => {
    const page = await readFile(new URL('docs/configuration.md', root), 'utf8')
    const blocks = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, block = '']) => block)
    expect(blocks.length).toBeGreaterThan(0)
    for (const block of blocks) expect(() => parseConfig(block, 'docs/configuration.md')).not.toThrow()
  })
})

describe('sections', () => {
  const action =
    'inputs:\n  a:\n    description: One | two\n    default: x\noutputs:\n  b:\n    description: >-\n      Three\n      four\n'

  it('are made of action.yml, the error codes and the schema', () => {
    const made = sections(action)
    expect(made['inputs']).toBe('| input | default | meaning |\n| --- | --- | --- |\n| `a` | `x` | One \\| two |')
    expect(made['outputs']).toContain('| `b` | Three four |')
    expect(made['outputs']).toContain('| `<id>_changed` |')
    expect(made['config-environment']).toContain('| `concurrency` | whole number | `8` |')
    expect(made['config-environment']).toContain('| `branch` | text or list of text | required |')
    expect(made['config-environment']).toContain('| `share-with` | list of text or text |')
    for (const code of Object.keys(errorCodes)) expect(made['errors']).toContain(`### ${code}\n`)
  })

  it('an input without a description is refused', () => {
    expect(() => readActionMetadata('inputs:\n  a: {}\n')).toThrow('action.yml: a has no description')
  })

  it.each(Object.keys(errorCodes) as ErrorCode[])('%s: meaning, look, fix, written and an example line', errorCode => {
    const made = errorSection(errorCodes).split(/^### /m)
    const entry = made.find(text => text.startsWith(`${errorCode}\n`)) ?? ''
    expect(errorCodes[errorCode].length).toBeGreaterThan(20)
    expect(entry).toContain(errorCodes[errorCode])
    for (const word of ['Look', 'Fix', 'Written'])
      expect(entry).toMatch(new RegExp(`^- \\*\\*${word}:\\*\\* .+[.?]$`, 'm'))
    expect(exampleLine(errorCode)).toMatch(
      new RegExp(`^(\\S+:\\d+:\\d+: )?${errorCode}: Expected \\S.*, found \\S.*\\. To fix: \\S.*\\.$`)
    )
    expect(entry).toContain(`\`\`\`text\n${exampleLine(errorCode)}\n\`\`\``)
  })

  it('no entry is of a code that is gone', () => {
    expect(Object.keys(errorHelp).sort()).toEqual(Object.keys(errorCodes).sort())
  })

  it('the example of CONFIG_INVALID is what the action says', () => {
    expect(errorSection(errorCodes)).toContain('.github/layer-deploy.yml:4:5: CONFIG_INVALID: ')
  })
})

describe('markers', () => {
  const page = 'a\n<!-- generated:x -->\nold\n<!-- /generated:x -->\nb\n<!-- generated:y -->\n<!-- /generated:y -->\n'

  it('what stands between them is replaced, and a second time changes nothing', () => {
    const once = replaceSections(page, { x: 'new $& one', y: '2' }, 'p.md')
    expect(once).toBe(
      'a\n<!-- generated:x -->\n\nnew $& one\n\n<!-- /generated:x -->\nb\n<!-- generated:y -->\n\n2\n\n<!-- /generated:y -->\n'
    )
    expect(replaceSections(once, { x: 'new $& one', y: '2' }, 'p.md')).toBe(once)
  })

  it.each([
    ['<!-- generated:z -->\n<!-- /generated:z -->', 'no generated section is called z'],
    ['<!-- generated:toString -->', 'p.md: '],
    ['<!-- generated:x -->\n', 'has no end marker'],
    ['<!-- /generated:x -->\n', 'closes a section that is not open'],
    ['<!-- generated:x -->\n<!-- generated:y -->\n<!-- /generated:y -->', 'before the end of the section x']
  ])('%j is refused', (text, message) => {
    expect(() => replaceSections(text.replace('toString', 'to-string'), { x: '', y: '' }, 'p.md')).toThrow(message)
  })

  it('a table escapes | and line breaks', () => {
    expect(table(['a'], [['x|y\nz']])).toBe('| a |\n| --- |\n| x\\|y z |')
  })
})

describe('the JSON Schema', () => {
  const planned = (parse(example) as { environments: Record<string, unknown> }).environments['sandbox']
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(configJsonSchema())
  const valid = (text: string): boolean => validate(parse(text))

  it('accepts the configuration of the design page', () => {
    expect(valid(example)).toBe(true)
    expect(validate.errors).toBeNull()
  })

  it.each([
    [['version'], 2],
    [['regions'], ['us-east-2']],
    [['environments'], {}],
    [['environments', 'sandbox', 'account-id'], 111122223333],
    [['environments', 'sandbox', 'stge'], 'dev'],
    [['environments', 'sandbox', 'regions'], []],
    [['environments', 'sandbox', 'regions'], ['us-eats-2']],
    [
      ['environments', 'sandbox', 'regions'],
      ['us-east-2', 'us-east-2']
    ],
    [['environments', 'sandbox', 'branch'], ',test'],
    [['environments', 'sandbox', 'concurrency'], 1.5],
    [['environments', 'sandbox', 'share-with'], 'everybody'],
    [['environments', 'plan'], planned],
    [['layers', '1x'], { path: 'x' }],
    [['layers', 'da_flask', 'path'], '../x'],
    [['layers', 'da_flask', 'compatible-architectures'], ['x86']],
    [['layers', 'da_flask', 'build'], { requirements: '/etc/passwd' }]
  ])('refuses %j: %j', (path, value) => {
    expect(valid(withValue(path, value))).toBe(false)
  })

  it('describes every key', () => {
    const undescribed = [...JSON.stringify(configJsonSchema()).matchAll(/"description":/g)]
    expect(undescribed.length).toBeGreaterThanOrEqual(30)
  })
})
