/**
 * Every action of others is named by commit id wherever a reader may copy it: workflows, examples, documents, what init writes.
 * This file holds the one table. `npm run pins` writes it into all of them; `--check` writes nothing and fails
 * where a file says something else; `--adopt` first takes over what a bot moved in .github/workflows; `--remote` asks GitHub
 * whether each version is still that commit (needs git and network).
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

type Table = Readonly<Record<string, readonly [version: string, sha: string]>>

/** Repository → version → the commit that its tag names. Each was read from the repository itself and from other public workflows. */
export const pinned: Table = {
  'actions/attest-build-provenance': ['v4.1.0', 'a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32'],
  'actions/cache': ['v4.3.0', '0057852bfaa89a56745cba8c7296529d2fc39830'],
  'actions/checkout': ['v4.2.2', '11bd71901bbe5b1630ceea73d27597364c9af683'],
  'actions/create-github-app-token': ['v2.2.1', '29824e69f54612133e76f7eaac726eef6c875baf'],
  'actions/download-artifact': ['v4.3.0', 'd3f86a106a0bac45b974a628896c90dbdf5c8093'],
  'actions/setup-node': ['v4.4.0', '49933ea5288caeca8642d1e84afbd3f7d6820020'],
  'actions/setup-python': ['v5.6.0', 'a26af69be951a213d495a4c3e4e4022e16d87065'],
  'actions/upload-artifact': ['v4.6.2', 'ea165f8d65b6e75b540449e92b4886f43607fa02'],
  'aws-actions/configure-aws-credentials': ['v4.0.2', 'e3dd6a429d7300a6a4c196c26e071d42e0343502'],
  'github/codeql-action': ['v4.36.2', '8aad20d150bbac5944a9f9d289da16a4b0d87c1e'],
  'ossf/scorecard-action': ['v2.4.3', '4eaacf0543bb3f2c246792bd56e8cdeffafb205a']
}

/** The action of this repository: its callers name a release, as docs/verify.md tells. */
const own = 'org/layer-deploy-action'
const searched = ['*.md', '*.yml', '*.yaml', 'src/setup/**/*.ts']
const left = ['dist/', '__tests__/', 'CHANGELOG.md']

/** `owner/name/maybe/path@ref`, and the comment that says which version a commit is. */
const mention = /(?<![\w./-])([\w-]+\/[\w.-]+)((?:\/[\w.-]+)*)@([\w.-]+)((?: +# *v[\w.-]+)?)/g

/**
 * The text with every action of the table at its commit.
 * @returns the text, and each action of a `uses:` that the table lacks
 */
export function pin(text: string, table: Table = pinned): { text: string; unknown: readonly string[] } {
  const unknown: string[] = []
  const replaced = text.replace(mention, (...found: readonly unknown[]) => {
    const [whole, repository, path] = found as [string, string, string]
    const offset = found[5] as number
    const entry = table[repository]
    if (entry !== undefined) return `${repository}${path}@${entry[1]} # ${entry[0]}`
    const isUsed = /uses: *["']?$/.test(text.slice(Math.max(0, offset - 20), offset))
    if (isUsed && repository !== own) unknown.push(whole)
    return whole
  })
  return { text: replaced, unknown }
}

/** What the texts of workflows name by commit and version. @throws Error where two of them differ */
export function adopted(texts: readonly string[]): Table {
  const found: Record<string, readonly [string, string]> = {}
  for (const [, repository = '', , sha = '', comment = ''] of texts.flatMap(text => [...text.matchAll(mention)])) {
    const version = /v[\w.-]+/.exec(comment)?.[0]
    if (!/^[0-9a-f]{40}$/.test(sha) || version === undefined || repository === own) continue
    const before = found[repository]
    if (before !== undefined && before[1] !== sha) throw new Error(`${repository} is at ${before[0]} and ${version}`)
    found[repository] = [version, sha]
  }
  return found
}

function main(args: readonly string[], root: string): readonly string[] {
  const git = (...words: readonly string[]): readonly string[] =>
    execFileSync('git', [...words], { cwd: root, encoding: 'utf8' })
      .split('\n')
      .filter(Boolean)
  const paths = git('ls-files', '--cached', '--others', '--exclude-standard', '--', ...searched).filter(
    path => !left.some(start => path.startsWith(start))
  )
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')
  if (args.includes('--remote')) return askRemotes(git)
  const workflows = paths.filter(path => path.startsWith('.github/workflows/')).map(read)
  const table = args.includes('--adopt') ? { ...pinned, ...adopted(workflows) } : pinned
  if (args.includes('--adopt')) writeTable(table)
  const problems: string[] = []
  for (const path of paths) {
    const { text, unknown } = pin(read(path), table)
    problems.push(...unknown.map(action => `${path}: ${action} is not in the table of scripts/pin-actions.ts`))
    if (text === read(path)) continue
    if (args.includes('--check')) problems.push(`${path}: an action is not at its commit; run npm run pins`)
    else writeFileSync(join(root, path), text)
  }
  return problems
}

function writeTable(table: Table): void {
  const file = fileURLToPath(import.meta.url)
  const rows = Object.entries(table).map(([name, [version, sha]]) => `  '${name}': ['${version}', '${sha}']`)
  const text = readFileSync(file, 'utf8')
  const start = 'export const pinned: Table = {\n'
  const from = text.indexOf(start) + start.length
  writeFileSync(file, text.slice(0, from) + rows.sort().join(',\n') + text.slice(text.indexOf('\n}', from)))
}

function askRemotes(git: (...words: readonly string[]) => readonly string[]): readonly string[] {
  return Object.entries(pinned).flatMap(([repository, [version, sha]]) => {
    const tag = `refs/tags/${version}`
    const rows = git('ls-remote', `https://github.com/${repository}`, tag, `${tag}^{}`)
    // An annotated tag is an object of its own: the commit stands in the row with ^{}, which comes last.
    const commit = rows.at(-1)?.split('\t')[0] ?? 'nothing'
    return commit === sha ? [] : [`${repository}: ${version} is ${commit} there, ${sha} here`]
  })
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const problems = main(process.argv.slice(2), fileURLToPath(new URL('..', import.meta.url)))
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
  else console.log(`pins: ${Object.keys(pinned).length} actions, each at its commit`)
}
