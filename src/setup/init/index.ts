/** `init`: reads the repository and writes the configuration and the workflow; never over anything. */
import { parseConfig } from '../../config/load.js'
import { CodedError } from '../../model/errors.js'
import type { Config } from '../../model/index.js'
import type { Git } from '../../ports/git.js'
import type { WorkingFiles } from '../../ports/process.js'
import { type InitAnswers, complete } from './answers.js'
import { initFacts, type InitFacts } from './facts.js'
import { configLines } from './config-text.js'
import { workflowText } from './workflow.js'

export interface InitPorts {
  readonly git: Pick<Git, 'headCommit' | 'readGitlinks' | 'remoteBranchTip' | 'resolveCommit' | 'sshSubmodules'>
  readonly files: WorkingFiles
}

/** `show` and `compare` write nothing. */
export type InitMode = 'write' | 'show' | 'compare'

export interface InitDone {
  readonly files: readonly GeneratedFile[]
  /** Of each file what would change in what is there; empty where nothing would. */
  readonly differences: readonly string[]
  /** Workflows that are there and were not touched. */
  readonly leftAlone: readonly string[]
  /** What is left for a person, one line each. */
  readonly next: readonly string[]
}

/**
 * @param actionIsKnown the reference in `answers.action` comes from a checkout or a person, and is no stand-in
 * @throws CodedError FILE_EXISTS before anything is written, CONFIG_INVALID where something is missing or wrong, GIT_FAILED
 */
export async function init(
  { git, files }: InitPorts,
  answers: InitAnswers,
  mode: InitMode,
  actionIsKnown = true
): Promise<InitDone> {
  const paths = [configPath, workflowPath]
  const present = await Promise.all(paths.map(async path => ({ path, text: await files.read(path) })))
  const there = present.filter(({ text }) => text !== null).map(({ path }) => path)
  if (mode === 'write' && there.length > 0) throw exists(there)
  const facts = await initFacts(git, files)
  const existing = mode === 'compare' ? (present[0]?.text ?? null) : null
  const generated = initFiles(facts, withExisting(answers, existing))
  if (mode === 'write') {
    for (const { path, text } of generated) if ((await files.create(path, text)) === 'exists') throw exists([path])
  }
  return {
    files: generated,
    differences: generated.map(({ path, text }, index) => lineDiff(path, present[index]?.text ?? null, text)),
    leftAlone: (await files.list('.github/workflows'))
      .map(name => `.github/workflows/${name}`)
      .filter(path => /\.ya?ml$/.test(path) && (mode !== 'write' || path !== workflowPath)),
    next: nextSteps(facts, answers, actionIsKnown)
  }
}

function nextSteps(
  facts: InitFacts,
  { action, sandboxBranch }: InitAnswers,
  actionIsKnown: boolean
): readonly string[] {
  const branch = sandboxBranch ?? facts.sandboxBranch
  return [
    ...(branch === null ? ['git push origin HEAD:test: no branch for the sandbox exists yet'] : []),
    ...(actionIsKnown
      ? []
      : [`in ${workflowPath} replace ${action} by OWNER/NAME@COMMIT of the repository that you take the action from`]),
    ...(facts.sshSubmodules.length === 0
      ? []
      : [
          `on GitHub set the secrets LAYERS_SSH_KEY (a deploy key that reads ${facts.sshSubmodules.join(', ')}) and LAYERS_KNOWN_HOSTS (from ssh-keyscan)`
        ]),
    'layer-deploy iam-policy --output iam, then deploy each iam/<environment>/access.template.yml in its account',
    'on GitHub make the environments sandbox and production, each with the variable AWS_ROLE_ARN (DeployRoleArn of its stack)',
    'on GitHub set the repository variables AWS_PLAN_ROLE_SANDBOX and AWS_PLAN_ROLE_PRODUCTION (PlanRoleArn of each stack)',
    'layer-deploy doctor'
  ]
}

/** What the configuration that is there says need not be said again to compare with it. */
function withExisting(answers: InitAnswers, text: string | null): InitAnswers {
  const config = text === null ? null : readable(text)
  const of = (name: string) => config?.environments.find(each => each.name === name)
  const [sandbox, production] = [of('sandbox'), of('production')]
  return {
    ...answers,
    sandboxAccount: answers.sandboxAccount ?? sandbox?.accountId ?? null,
    productionAccount: answers.productionAccount ?? production?.accountId ?? null,
    regions: answers.regions.length > 0 ? answers.regions : (sandbox?.regions ?? []),
    runtime: answers.runtime ?? config?.layers[0]?.compatibleRuntimes[0] ?? null,
    sandboxBranch: answers.sandboxBranch ?? sandbox?.branches[0] ?? null,
    productionBranch: answers.productionBranch ?? production?.branches[0] ?? null
  }
}

function readable(text: string): Config | null {
  try {
    return parseConfig(text, configPath)
  } catch (error) {
    if (error instanceof CodedError && error.code === 'CONFIG_INVALID') return null
    throw error
  }
}

function exists(paths: readonly string[]): CodedError {
  return new CodedError('FILE_EXISTS', {
    expected: `no file at ${paths.join(' and ')}`,
    found: `${paths.length === 1 ? 'one' : 'both'}, left alone; nothing was written`,
    mend: 'see what init would write with --diff, and edit the file by hand, or move it away and run init again'
  })
}

interface GeneratedFile {
  readonly path: string
  readonly text: string
}

export const configPath = '.github/layer-deploy.yml'
export const workflowPath = '.github/workflows/layers.yml'

/**
 * The configuration and the workflow.
 * @throws CodedError CONFIG_INVALID naming everything that is missing or wrong, and how to give it
 */
export function initFiles(facts: InitFacts, answers: InitAnswers): readonly GeneratedFile[] {
  const known = complete(facts, answers)
  const config = configLines(facts.layers, known).map(({ text }) => `${text}\n`)
  return [
    { path: configPath, text: config.join('') },
    { path: workflowPath, text: workflowText(known) }
  ]
}

/** What would change in a file, line by line, as `diff -u` shows it with the whole file around; empty where nothing does. */
function lineDiff(path: string, before: string | null, after: string): string {
  if (before === after) return ''
  const changes = compare(before === null ? [] : linesOf(before), linesOf(after))
  const head = [before === null ? '--- /dev/null' : `--- a/${path}`, `+++ b/${path}`]
  return `${[...head, ...changes].join('\n')}\n`
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n')
}

/** The longest common subsequence stays; files of `init` have fewer than a hundred lines, and longer ones are not compared. */
function compare(before: readonly string[], after: readonly string[]): readonly string[] {
  if (before.length * after.length > 4_000_000)
    return [...before.map(line => `-${line}`), ...after.map(line => `+${line}`)]
  const common = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0))
  const at = (row: number, column: number): number => common[row]?.[column] ?? 0
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      const same = before[row] === after[column]
      const longest = same ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
      const cells = common[row]
      if (cells !== undefined) cells[column] = longest
    }
  }
  const lines: string[] = []
  let [row, column] = [0, 0]
  while (row < before.length || column < after.length) {
    if (row < before.length && column < after.length && before[row] === after[column]) {
      lines.push(` ${before[row++] ?? ''}`)
      column++
    } else if (column >= after.length || (row < before.length && at(row + 1, column) >= at(row, column + 1))) {
      lines.push(`-${before[row++] ?? ''}`)
    } else lines.push(`+${after[column++] ?? ''}`)
  }
  return lines
}
