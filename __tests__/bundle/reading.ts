/** What the tests of the bundle read of a run and of the world after it. */
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { region, type ActionWorld } from '../support/action-world.js'

const messagesOf = (run: RunOutcome, wanted: string): string[] =>
  run.annotations.filter(({ level }) => level === wanted).map(({ message }) => message)

export const errorsOf = (run: RunOutcome): string[] => messagesOf(run, 'error')
export const warningsOf = (run: RunOutcome): string[] => messagesOf(run, 'warning')
export const noticesOf = (run: RunOutcome): string[] => messagesOf(run, 'notice')

/** The code of each error line, whether or not a place stands before it. */
export function codesOf(run: RunOutcome): string[] {
  return errorsOf(run).map(line => /(?:^|: )([A-Z_]{4,}): Expected /.exec(line)?.[1] ?? line)
}

export interface Row {
  readonly status: string
  readonly reason: string
  readonly version: number | null
  readonly arn: string | null
  readonly 'content-digest': string | null
  readonly 'artifact-sha256': string | null
}

/** The output `layer-versions`: layer id → region → row. */
export function rowsOf(run: RunOutcome): Record<string, Record<string, Row>> {
  return JSON.parse(run.outputs['layer-versions'] ?? '{}') as Record<string, Record<string, Row>>
}

export function changedOf(run: RunOutcome): string[] {
  return JSON.parse(run.outputs['changed-layers'] ?? 'null') as string[]
}

/** Layer name → live version numbers. */
export function versionsIn(world: ActionWorld, account: string, where = region): Record<string, number[]> {
  const layers = listLayers(world.aws.world, account, where)
  return Object.fromEntries(layers.map(layer => [layer.name, layer.versions.map(({ version }) => version)]))
}

/** `context state`, oldest first, of every status since the world began or since `from`. */
export function statusesOf(world: ActionWorld, from = 0): string[] {
  return world.github.state.statuses.slice(from).map(({ context, state }) => `${context} ${state}`)
}

/** Everything of a run that somebody gets to read. */
export function shownBy(run: RunOutcome): string {
  return [
    ...run.log,
    ...run.postLog,
    run.stderr,
    run.postStderr,
    run.summary,
    JSON.stringify(run.outputs),
    JSON.stringify(run.annotations),
    JSON.stringify(run.state)
  ].join('\n')
}
