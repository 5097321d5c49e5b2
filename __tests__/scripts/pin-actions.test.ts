import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { expect, it } from '@jest/globals'
import { adopted, pin, pinned } from '../../scripts/pin-actions.js'

const root = resolve(import.meta.dirname, '../..')
const sha = 'a'.repeat(40)
const table = { 'actions/checkout': ['v4.2.2', sha], 'github/codeql-action': ['v4.1.0', sha] } as const
const check = (): string =>
  execFileSync(process.execPath, ['--import', 'tsx', join(root, 'scripts/pin-actions.ts'), '--check'], {
    cwd: root,
    encoding: 'utf8'
  })

it('each action that a reader may copy is at its commit', () => {
  expect(check()).toContain(`${Object.keys(pinned).length} actions`)
})

it('every entry of the table is a commit and a whole version', () => {
  for (const [version, commit] of Object.values(pinned)) {
    expect(version).toMatch(/^v\d+\.\d+\.\d+$/)
    expect(commit).toMatch(/^[0-9a-f]{40}$/)
  }
})

it.each([
  ['a tag', '- uses: actions/checkout@v4\n', `- uses: actions/checkout@${sha} # v4.2.2\n`],
  ['another commit', `uses: actions/checkout@${'b'.repeat(40)} # v4.0.0`, `uses: actions/checkout@${sha} # v4.2.2`],
  ['a part of it', 'uses: github/codeql-action/init@v3\n', `uses: github/codeql-action/init@${sha} # v4.1.0\n`],
  ['a text of init', "const checkout = 'actions/checkout@main'", `const checkout = 'actions/checkout@${sha} # v4.2.2'`],
  ['what is pinned', `uses: actions/checkout@${sha} # v4.2.2`, `uses: actions/checkout@${sha} # v4.2.2`],
  ['a name that ends alike', 'other-actions/checkout@v4', 'other-actions/checkout@v4']
])('%s becomes the commit of the table', (_what, text, expected) => {
  expect(pin(text, table)).toEqual({ text: expected, unknown: [] })
})

it('an action that the table lacks is told, its own is not', () => {
  const text = 'uses: some/action@v1\nuses: "some/other/part@main"\nuses: org/layer-deploy-action@v1\nuses: ./here\n'
  expect(pin(text, table).unknown).toEqual(['some/action@v1', 'some/other/part@main'])
})

it('what a bot moved in the workflows is taken over, unless two of them differ', () => {
  const moved = `uses: actions/checkout@${'c'.repeat(40)} # v5.0.0\nuses: actions/cache@v4\n`
  expect(adopted([moved])).toEqual({ 'actions/checkout': ['v5.0.0', 'c'.repeat(40)] })
  expect(() => adopted([moved, `uses: actions/checkout@${sha} # v4.2.2`])).toThrow('v5.0.0 and v4.2.2')
})
