/** The page docs/faults.md: what each number in code and tests is, and which test files name it. */
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { faultRows, figureRows, type FaultRow } from './fault-rows.js'

/** @param root ends in a slash */
export async function faultsPage(root: URL): Promise<string> {
  const named = await namesInTests(root)
  const table = (letter: 'F' | 'G', rows: readonly FaultRow[]): string =>
    [
      '| number | what is expected | tests |',
      '| --- | --- | --- |',
      ...rows.map(({ number, text }) => {
        const name = `${letter}${number}`
        return `| ${name} | ${text.replace(/[<>]/g, bracket => (bracket === '<' ? '&lt;' : '&gt;'))} | ${linksTo(named.get(name) ?? [])} |`
      })
    ].join('\n')
  return [
    '# Faults and figures by number',
    '',
    'Code and tests name a fault as `F12` and a figure as `G3`. This page says what each is; `npm run docs` makes it from',
    '`scripts/docs/fault-rows.ts` and the names in the tests. How the figures are measured: [reliability.md](reliability.md).',
    '',
    '## Faults',
    '',
    table('F', faultRows),
    '',
    '## Figures',
    '',
    table('G', figureRows),
    ''
  ].join('\n')
}

function linksTo(files: readonly string[]): string {
  const shown = files.slice(0, 4).map(file => `[${file.replace(/\.test\.ts$/, '')}](../__tests__/${file})`)
  return [...shown, ...(files.length > 4 ? [`and ${files.length - 4} more`] : [])].join(', ')
}

/** `F12` → the test files that name it, sorted. */
async function namesInTests(root: URL): Promise<ReadonlyMap<string, readonly string[]>> {
  const folder = fileURLToPath(new URL('__tests__/', root))
  const files = (await readdir(folder, { recursive: true })).filter(name => name.endsWith('.test.ts')).sort()
  const named = new Map<string, string[]>()
  for (const file of files) {
    const text = await readFile(`${folder}${file}`, 'utf8')
    for (const name of new Set(text.match(/\b[FG]\d{1,3}\b/g))) named.set(name, [...(named.get(name) ?? []), file])
  }
  return named
}
