/** The steps of one job, one after another, and what the job hands on. */
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { githubExpressionContext, type GithubContext } from '../github-context.js'
import { handOnOutputs } from '../job-outputs.js'
import { createSecretMasker } from '../secret-masker.js'
import { expressions, type Expressions } from './expressions.js'
import { noEffect, type JobRun, type RunningJob, type StepEffect, type StepRun, type WorkflowHost } from './host.js'
import { runScript } from './run-script.js'
import type { Job, Permissions, Raw, RawMap, Step } from './workflow-file.js'

export interface JobScope {
  readonly host: WorkflowHost
  readonly inputs: Readonly<Record<string, Raw>>
  readonly secrets: Readonly<Record<string, string>>
  readonly workflowEnv: RawMap
  /** The jobs that it needs: id → result and outputs. */
  readonly needs: Readonly<Record<string, unknown>>
  readonly permissions: Permissions
}

export async function runJob(job: Job, matrix: RawMap, index: number, scope: JobScope): Promise<JobRun> {
  const { host, permissions } = scope
  const github = { ...host.github, token: host.token(permissions), job: job.id }
  const before = jobContexts(scope, github, null, { matrix, strategy: { 'job-index': index } })
  const placed = expressions(before, { failed: false, skipped: false })
  const environment = environmentName(job.environment, placed)
  const contexts = { ...before, vars: host.variables(environment) }
  const masker = createSecretMasker([github.token, ...Object.values(scope.secrets)])
  const empty = await realpath(await mkdtemp(join(tmpdir(), 'runner-workspace-')))
  try {
    const running: RunningJob = {
      ...{ id: job.id, environment, permissions, github, masker, workspace: empty },
      timeoutMs: job.timeoutMinutes * 60_000
    }
    const steps = await runSteps(job, running, contexts, scope)
    const failed = steps.some(({ result }) => result === 'failure')
    const after = expressions({ ...contexts, steps: stepsContext(steps) }, { failed, skipped: false })
    const handedOn = handOnOutputs(new Map(Object.entries(after.texts(job.outputs))), masker)
    return {
      matrix,
      name: placed.text(job.name ?? job.id),
      environment,
      result: failed || handedOn.error !== null ? 'failure' : 'success',
      steps,
      outputs: handedOn.outputs,
      warnings: handedOn.warnings
    }
  } finally {
    await rm(empty, { recursive: true, force: true })
  }
}

/** The contexts of a job's own keys (GitHub: "Contexts", availability), and of its steps but for `steps` and `env`. */
export function jobContexts(
  { host, inputs, secrets, needs }: Omit<JobScope, 'workflowEnv' | 'permissions'>,
  github: GithubContext,
  environment: string | null,
  further: Readonly<Record<string, unknown>> = {}
): Record<string, unknown> {
  return {
    github: { ...githubExpressionContext(github), event: github.payload },
    ...{ inputs, secrets, needs, vars: host.variables(environment) },
    ...further
  }
}

async function runSteps(
  job: Job,
  started: RunningJob,
  contexts: Readonly<Record<string, unknown>>,
  { host, workflowEnv }: JobScope
): Promise<readonly StepRun[]> {
  const done: StepRun[] = []
  const first = expressions(contexts, { failed: false, skipped: false })
  let env: Record<string, string> = { ...first.texts(workflowEnv), ...first.texts(job.env) }
  let workspace = started.workspace
  for (const step of job.steps) {
    const failed = done.some(({ result }) => result === 'failure')
    const steps = stepsContext(done)
    const withEnv = expressions({ ...contexts, steps, env }, { failed, skipped: false })
    const stepEnv = { ...env, ...withEnv.texts(step.env) }
    const now = expressions({ ...contexts, steps, env: stepEnv }, { failed, skipped: false })
    const runs = withEnv.condition(step.if)
    const effect = runs ? await runStep(step, now, stepEnv, { ...started, workspace }, host) : noEffect
    const result = !runs ? 'skipped' : effect.failed ? 'failure' : 'success'
    done.push({ id: step.id, name: now.text(step.name ?? step.uses ?? step.run ?? ''), result, effect })
    const PATH = [...effect.path, env['PATH'] ?? process.env['PATH'] ?? ''].join(':')
    env = { ...env, ...effect.env, ...(effect.path.length > 0 ? { PATH } : {}) }
    workspace = effect.workspace ?? workspace
  }
  return done
}

async function runStep(
  step: Step,
  now: Expressions,
  env: Readonly<Record<string, string>>,
  job: RunningJob,
  { actions }: WorkflowHost
): Promise<StepEffect> {
  if (step.run !== null) return runScript(now.text(step.run), env, job)
  const uses = step.uses ?? ''
  const action = actions[uses.split('@')[0] ?? '']
  if (action === undefined) throw new Error(`no equivalent of ${uses} was given to the workflow emulator`)
  return action({ uses, with: now.texts(step.with), env, job })
}

function stepsContext(steps: readonly StepRun[]): Record<string, unknown> {
  return Object.fromEntries(
    steps.flatMap(({ id, result, effect }) =>
      id === null ? [] : [[id, { outputs: effect.outputs, outcome: result, conclusion: result }]]
    )
  )
}

/** `environment: name` or `environment: {name, url}`; empty is none. */
function environmentName(value: Raw, placed: Expressions): string | null {
  const name = value !== null && typeof value === 'object' ? ((value as RawMap)['name'] ?? null) : value
  const text = placed.text(name)
  return text === '' ? null : text
}
