/** git answers while the configuration is parsed: what every run asks for is asked in one go, before anybody waits for it. */
import { pathInRepository } from '../config/read/config-file.js'
import type { TriggerEvent } from '../model/index.js'
import { placeOf, type Session } from './session.js'

/** git answers while the configuration is parsed: what every run asks for is one process, started first and remembered. */
export function askEarly(session: Session, text: string): void {
  const { event, git, inputs } = session
  const branch = branchNamed(event)
  // Of a branch that the configuration does not name there is nothing to do, and nothing to ask.
  if (inputs.command === 'discover' || branch === null || !text.includes(branch)) return
  const config = pathInRepository(placeOf(session))
  const files = inputs.command === 'detect' ? [config] : [config, '.gitmodules']
  const questions: Promise<unknown>[] = [git.headCommit(), ...files.map(path => git.readFile('HEAD', path))]
  const from = earlierCommit(event)
  if (inputs.base !== null) questions.push(git.resolveCommit(inputs.base))
  if (from !== null) questions.push(git.hasCommit(from), git.readFile(from, config))
  const paths = layerPaths(text)
  for (const revision of ['HEAD', ...(from === null ? [] : [from])]) git.askAhead(revision, paths)
  // Who needs an answer asks again, and hears of a failure then.
  for (const question of questions) question.catch(() => undefined)
}

/** A guess from the text, before it is parsed. */
function layerPaths(text: string): readonly string[] {
  return [...text.matchAll(/\bpath:\s*["']?([^\s"',{}[\]#]+)/g)].map(([, path = '']) => path)
}

/** A guess from the event alone, which costs a process where it is wrong; `selectEnvironment` decides. */
function branchNamed(event: TriggerEvent): string | null {
  switch (event.kind) {
    case 'push':
      return event.deleted ? null : event.ref.replace(/^refs\/heads\//, '')
    case 'pull_request':
      return event.baseBranch
    case 'merge_group':
      return event.baseRef.replace(/^refs\/heads\//, '')
    case 'command-line':
      return event.branch
    case 'workflow_run':
      return event.headBranch
    case 'workflow_dispatch':
    case 'schedule':
    case 'other':
      return event.ref.replace(/^refs\/heads\//, '')
  }
}

/** The commit that the event compares with, as it names it; `null`: it names none. */
function earlierCommit(event: TriggerEvent): string | null {
  const commit = event.kind === 'push' ? event.before : 'baseCommit' in event ? event.baseCommit : ''
  return /^(?!0+$)(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit) ? commit : null
}
