/** G7: a deploy through dist/ gets a signal at one of its boundaries; what it leaves is looked at, then the next run completes it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeExampleWorld, region, sandboxAccount, type ExampleWorld } from '../../emulators/world/example-world.js'
import type { Engine } from '../../src/model/index.js'
import { parseComment, renderDocument } from '../../src/report/comment/comment-document.js'
import { engines } from './scenarios.js'
import { lineOf, numberOf, oneOf, type Fields } from './trial-line.js'

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGKILL'
export interface Boundary {
  /** Counts from 1. */
  readonly number: number
  readonly name: string
}
export interface Interruption extends Boundary {
  readonly signal: Signal
}
export interface Trial extends Interruption {
  /** Milliseconds from the signal to the end of the main step; `null` where it ended before the boundary came. */
  readonly endedAfter: number | null
  /** What is wrong; empty where all is well. */
  readonly findings: readonly string[]
}

/** `engine=lambda signal=SIGINT boundary=17` */
export function interruptionLine(engine: Engine, { signal, number }: Interruption): string {
  return lineOf({ engine, signal, boundary: number })
}

/** Without a name: that is what the boundary is called in the run that counts them. */
export function interruptionOf(fields: Fields): Omit<Interruption, 'name'> & { readonly engine: Engine } {
  const signal = oneOf<Signal>(fields, 'signal', ['SIGINT', 'SIGTERM', 'SIGKILL'])
  return { engine: oneOf<Engine>(fields, 'engine', engines), signal, number: numberOf(fields, 'boundary') }
}

export interface CancellationWorld {
  /** The boundaries of one whole deploy. */
  record(): Promise<readonly Boundary[]>
  interrupt(at: Interruption): Promise<Trial>
  close(): Promise<void>
}

/** A cancelled job has 10 s until it is killed; half of it is for the report. */
const mostMilliseconds = 5_000
const layerName = 'dev-da-flask-layer'

/** Twenty seconds pass for the next run in one: a claim that nobody comes back for is waited out in time. */
const fastClock = `--import=data:text/javascript,${encodeURIComponent(
  'const now = Date.now; const start = now(); Date.now = () => start + 20 * (now() - start)'
)}`
const watched = `--import=${pathToFileURL(join(import.meta.dirname, 'boundaries.mjs')).href}`

export async function openCancellationWorld(engine: Engine): Promise<CancellationWorld> {
  const scratch = await mkdtemp(join(tmpdir(), 'cancellation-'))
  const world = await makeExampleWorld({
    config: `version: 1
environments:
  sandbox:
    branch: test
    stage: dev
    account-id: "${sandboxAccount}"
    regions: [${region}]
    artifact-bucket: ${sandboxAccount}-code-deployment
    engine: ${engine}
defaults: { compatible-runtimes: [python3.10] }
layers:
  da_flask: { path: da_flask }
`
  })
  let trials = 0
  const deploy = async (at: Interruption | null): Promise<{ run: RunOutcome; lines: readonly Line[]; sha: string }> => {
    trials += 1
    const [pull, branch, file] = [100 + trials, `change-${trials}`, join(scratch, `${trials}.log`)]
    const content = { 'python/da_flask/app.py': `trial = ${trials}\n` }
    const commit = await world.superproject.commitSubmodule('da_flask', content)
    await world.superproject.bumpSubmodule('da_flask', commit, { branch, from: 'test' })
    await world.superproject.openPullRequest(pull, branch, 'test')
    const env = {
      NODE_OPTIONS: watched,
      TRIAL_BOUNDARIES: file,
      ...(at === null ? {} : { TRIAL_STOP_AT: String(at.number), TRIAL_SIGNAL: at.signal })
    }
    const run = await world.mergePullRequest(pull, branch, 'test', { env })
    return { run, lines: await readLines(file), sha: await world.superproject.git('rev-parse', 'test') }
  }
  return {
    async record() {
      await world.push('test')
      const { run, lines } = await deploy(null)
      if (run.exitCode !== 0) throw new Error(`the recorded deploy failed:\n${run.log.join('\n')}`)
      return lines.flatMap(({ mark, text }) => (/^\d+$/.test(mark) ? [{ number: Number(mark), name: text }] : []))
    },
    async interrupt(at) {
      const before = versions(world).length
      const { run, lines, sha } = await deploy(at)
      const [signalled, ended] = ['signal', 'exit'].map(mark => lines.find(line => line.mark === mark)?.time)
      const endedAfter = signalled === undefined || ended === undefined ? null : ended - signalled
      const findings = [...leftOpen(world, sha), ...halfWritten(world)]
      if (endedAfter !== null && endedAfter > mostMilliseconds) findings.push(`ended after ${endedAfter} ms`)
      if (run.exitCode === 0 && signalled !== undefined && ended === undefined) findings.push('ended without an exit')
      const next = await world.push('test', { env: { NODE_OPTIONS: fastClock } })
      if (next.exitCode !== 0) findings.push(`the next run failed: ${JSON.stringify(next.annotations)}`)
      findings.push(...leftOpen(world, sha).map(text => `after the next run: ${text}`))
      findings.push(...doubled(world))
      const made = versions(world).length - before
      if (made !== 1) findings.push(`${made} new versions`)
      return { ...at, endedAfter, findings }
    },
    async close() {
      await world.close()
      await rm(scratch, { recursive: true, force: true })
    }
  }
}

interface Line {
  readonly mark: string
  readonly time: number
  readonly text: string
}

async function readLines(file: string): Promise<readonly Line[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [mark = '', time = '', rest = ''] = line.split('\t')
      return { mark, time: Number(time), text: rest }
    })
}

function versions(world: ExampleWorld): readonly number[] {
  const layer = listLayers(world.aws.world, sandboxAccount, region).find(({ name }) => name === layerName)
  return layer?.versions.map(({ version }) => version) ?? []
}

/** Every context of the commit whose newest status is pending. */
function leftOpen(world: ExampleWorld, sha: string): string[] {
  const newest = new Map(
    world.github.state.statuses.filter(each => each.sha === sha).map(({ context, state }) => [context, state])
  )
  return [...newest].flatMap(([context, state]) => (state === 'pending' ? [`${context} is left pending`] : []))
}

/** A comment is written by one call, so it is whole or not there: what is read from it is all that it says. */
function halfWritten(world: ExampleWorld): string[] {
  return world.github.state.comments.flatMap(({ body }) => {
    const whole = renderDocument(parseComment(body)).trim() === body.trim()
    return whole ? [] : [`a comment that is not whole: ${body.slice(0, 200)}`]
  })
}

/** Once a run has come to its end there is one comment a pull request. */
function doubled(world: ExampleWorld): string[] {
  const pulls = world.github.state.comments.map(({ issueNumber }) => issueNumber)
  return [...new Set(pulls)].flatMap(pull => {
    const count = pulls.filter(each => each === pull).length
    return count === 1 ? [] : [`${count} comments on pull request ${pull}`]
  })
}
