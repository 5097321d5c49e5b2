/** Runs a JavaScript action as GitHub's runner does: `action.yml`, inputs, file commands, masks, cancellation, post step. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { inputVariables, readActionManifest } from './action-manifest.js'
import { readCommandFiles, type StepFiles } from './command-files.js'
import { githubExpressionContext, githubVariables, type GithubContext } from './github-context.js'
import { handOnOutputs } from './job-outputs.js'
import { makeCommandFiles, makeRunnerDirectories, type RunnerDirectories } from './runner-directories.js'
import { baseEnvironment } from './runner-environment.js'
import { createSecretMasker, type SecretMasker } from './secret-masker.js'
import { createStepLog, type Annotation, type StepLog } from './step-log.js'
import { createCommandReader } from './command-reader.js'
import { ownProcesses, type StepRunner } from './kept-process.js'
import type { CancelTimeline, StepExit, Trigger } from './step-process.js'

export { keptProcesses, ownProcesses, type StepRunner } from './kept-process.js'
export { nodeBinaries, type NodeBinary } from './node-binaries.js'
export type { Annotation, CancelTimeline, GithubContext, SecretMasker, Trigger }

export interface RunOptions {
  /** Holds `action.yml`. */
  readonly actionDirectory: string
  /** GITHUB_WORKSPACE and the step's working directory. */
  readonly workspace: string
  readonly github: GithubContext
  /** The step's `with:`. */
  readonly inputs?: Readonly<Record<string, string>>
  /** The step's `env:`; nothing of this process's environment but PATH is handed on. */
  readonly env?: Readonly<Record<string, string>>
  /** Path of the Node binary. Default: the current one. */
  readonly node?: string
  /** Values that earlier steps or the workflow's secrets had masked; the token is masked anyway. */
  readonly masks?: readonly string[]
  /** The job's, where the step is one of several: it learns the masks of this one. */
  readonly masker?: SecretMasker
  /** Step debugging: RUNNER_DEBUG is 1 and `::debug::` lines are shown. */
  readonly debug?: boolean
  /** Cancels the main step: SIGINT, SIGTERM, SIGKILL. The post step still runs. */
  readonly cancelAfter?: Trigger
  readonly cancelTimeline?: CancelTimeline
  /** The machine is lost while the main step runs: SIGKILL, no post step, no file commands read. */
  readonly dieAfter?: Trigger
  /** Of the main and of the post step, each. Default 300,000; passing it cancels the step and fails it. */
  readonly timeoutMs?: number
  /** Files that the main step is told instead of the runner's own: `/dev/full` is a disk without room. */
  readonly commandFiles?: Readonly<Partial<Record<'output' | 'state' | 'step_summary', string>>>
  /** Written to GITHUB_EVENT_PATH instead of the payload; `null`: no file. */
  readonly eventText?: string | null
  /** Where the steps run. Default: in a process each, as on the runner. */
  readonly steps?: StepRunner
  /** Where RUNNER_TEMP, HOME, … are made. Kept if given, else removed after the run. */
  readonly scratch?: string
}

export interface RunOutcome {
  /** Of the main step's process: 128 + n where signal n ended it. */
  readonly exitCode: number
  /** What GitHub shows: a malformed file command fails a step that exited with 0. */
  readonly conclusion: 'success' | 'failure' | 'cancelled'
  readonly timedOut: boolean
  readonly outputs: Readonly<Record<string, string>>
  /** What a job that maps every output would hand on. */
  readonly jobOutputs: Readonly<Record<string, string>>
  readonly state: Readonly<Record<string, string>>
  /** What GITHUB_ENV received. */
  readonly exportedEnv: Readonly<Record<string, string>>
  /** Of the main and the post step, masked. */
  readonly summary: string
  /** Of the main and the post step, at most ten of a level from each. */
  readonly annotations: readonly Annotation[]
  /** The main step's log as GitHub shows it: masked lines. */
  readonly log: readonly string[]
  /** Unmasked and unparsed. */
  readonly rawStdout: string
  readonly stderr: string
  /** `null` where no post step ran. */
  readonly postExitCode: number | null
  readonly postLog: readonly string[]
  readonly postRawStdout: string
  readonly postStderr: string
  /** Of the main step's process. */
  readonly durationMs: number
}

interface Job {
  readonly options: RunOptions
  readonly directories: RunnerDirectories
  readonly masker: SecretMasker
  readonly environment: Readonly<Record<string, string>>
  readonly commandFiles?: RunOptions['commandFiles']
}
interface StepResult {
  readonly exit: StepExit
  readonly log: StepLog
  readonly outputs: ReadonlyMap<string, string>
  readonly state: ReadonlyMap<string, string>
  readonly files: StepFiles
}

/** @throws {Error} where `action.yml` is missing or wrong, or the Node binary cannot be started; never because the step failed. */
export async function runAction(options: RunOptions): Promise<RunOutcome> {
  const manifest = await readActionManifest(options.actionDirectory)
  const { github } = options
  const eventText = options.eventText === undefined ? JSON.stringify(github.payload, null, 2) : options.eventText
  const directories = await makeRunnerDirectories(options.scratch, eventText)
  try {
    const context = githubExpressionContext(github)
    const inputs = inputVariables(manifest, options.inputs ?? {}, context)
    const masker = options.masker ?? createSecretMasker()
    for (const secret of [github.token ?? '', ...(options.masks ?? [])]) masker.add(secret)
    const job: Job = {
      options,
      directories,
      masker,
      environment: { ...baseEnvironment(directories, options), ...githubVariables(context), ...inputs.variables }
    }
    const stopping = { cancelAfter: options.cancelAfter, dieAfter: options.dieAfter }
    const main = await runStep(
      { ...job, commandFiles: options.commandFiles ?? {} },
      join(options.actionDirectory, manifest.main),
      stopping,
      inputs.warning
    )
    const runsPost = manifest.post !== null && main.exit.ended !== 'died'
    if (runsPost && manifest.postIf !== 'always()') throw new Error(`post-if: ${manifest.postIf} is not modelled`)
    const post = runsPost ? await runPost(job, join(options.actionDirectory, manifest.post ?? ''), main) : null
    return outcome(main, post, job.masker)
  } finally {
    // What a killed step has started may still be writing there.
    const patient = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }
    if (options.scratch === undefined) await rm(directories.root, patient)
  }
}

/** The post step sees the state, environment and path that the main step left. */
function runPost(job: Job, script: string, main: StepResult): Promise<StepResult> {
  const state = Object.fromEntries([...main.state].map(([name, value]) => [`STATE_${name}`, value] as const))
  const PATH = [...main.files.path, job.environment['PATH'] ?? ''].join(':')
  const environment = { ...job.environment, ...Object.fromEntries(main.files.env), PATH, ...state }
  return runStep({ ...job, environment }, script, {}, null)
}

interface Stopping {
  readonly cancelAfter?: Trigger | undefined
  readonly dieAfter?: Trigger | undefined
}

async function runStep(job: Job, script: string, stopping: Stopping, warning: string | null): Promise<StepResult> {
  const { options, masker, environment } = job
  const log = createStepLog(masker)
  if (warning !== null) log.warn(warning)
  const reader = createCommandReader({ log, masker, workspace: options.workspace, debug: options.debug ?? false })
  const paths = await makeCommandFiles(job.directories)
  const told = { ...paths, ...job.commandFiles }
  const fileVariables = Object.entries(told).map(([name, file]) => [`GITHUB_${name.toUpperCase()}`, file] as const)
  const exit = await (options.steps ?? ownProcesses).run({
    argv: [options.node ?? process.execPath, script],
    cwd: options.workspace,
    env: { ...environment, ...Object.fromEntries(fileVariables) },
    timeoutMs: options.timeoutMs ?? 300_000,
    cancelTimeline: options.cancelTimeline,
    ...stopping,
    onLine: reader.read
  })
  if (exit.ended === 'timed-out') log.fail('The action has timed out.')
  if (exit.ended === 'cancelled') log.error('The operation was canceled.')
  const files = await readCommandFiles(paths, log, masker)
  const outputs = new Map([...reader.outputs, ...files.outputs])
  return { exit, log, files, outputs, state: new Map([...reader.state, ...files.state]) }
}

function outcome(main: StepResult, post: StepResult | null, masker: SecretMasker): RunOutcome {
  const handedOn = handOnOutputs(main.outputs, masker)
  const jobAnnotations: Annotation[] = handedOn.warnings.map(message => ({ level: 'warning', message }))
  if (handedOn.error !== null) jobAnnotations.push({ level: 'error', message: handedOn.error })
  const failed = [main, post].some(step => step !== null && (step.exit.exitCode !== 0 || step.log.failed))
  return {
    exitCode: main.exit.exitCode,
    conclusion: main.exit.ended === 'cancelled' ? 'cancelled' : failed || handedOn.error ? 'failure' : 'success',
    timedOut: main.exit.ended === 'timed-out',
    outputs: Object.fromEntries(main.outputs),
    jobOutputs: handedOn.outputs,
    state: Object.fromEntries(main.state),
    exportedEnv: Object.fromEntries(main.files.env),
    summary: main.files.summary + (post?.files.summary ?? ''),
    annotations: [...main.log.annotations, ...(post?.log.annotations ?? []), ...jobAnnotations],
    log: main.log.lines,
    rawStdout: main.exit.stdout,
    stderr: main.exit.stderr,
    postExitCode: post?.exit.exitCode ?? null,
    postLog: post?.log.lines ?? [],
    postRawStdout: post?.exit.stdout ?? '',
    postStderr: post?.exit.stderr ?? '',
    durationMs: main.exit.durationMs
  }
}
