/** The workflows of this repository and of its users in a world: what each step that `uses:` an action does there. */
import { cp, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { runAction } from '../runner/index.js'
import {
  noEffect,
  runWorkflow,
  type Action,
  type WorkflowHost,
  type WorkflowResult
} from '../runner/workflow/run-workflow.js'
import type { CheckoutOptions } from './checkout.js'
import { productionAccount, repository, sandboxAccount, type ExampleWorld } from './example-world.js'
import { runGit } from './git-process.js'
import type { WorkflowEvent } from './workflow-event.js'

const root = resolve(import.meta.dirname, '../..')

export interface WorkflowRun {
  /** Path in this repository: `examples/superproject.yml`; in the superproject where `text` is given. */
  readonly workflow: string
  /** Of a workflow of the superproject. */
  readonly text?: string
  readonly event: WorkflowEvent
  /** Of the repository, beside the AWS_ROLE_ARN of each environment. */
  readonly variables?: Readonly<Record<string, string>>
  /** Of each environment. Default: its AWS_ROLE_ARN. */
  readonly environmentVariables?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** A folder of programs that stand in for what `setup-python` and `pip` put on the path. */
  readonly tools?: string
  /** The run of a fork or of Dependabot. */
  readonly readOnly?: boolean
  readonly runId?: string
  /** Jobs of a matrix at once. Default 2. */
  readonly atOnce?: number
  /** Text of a workflow as it shall be instead of what its file says. */
  readonly rewrite?: (text: string) => string
}

/** A role of the example: its trust policy names the environment where the name ends in `-deploy`. */
export function roleArn(accountId: string, kind: 'deploy' | 'plan'): string {
  return `arn:aws:iam::${accountId}:role/layers-${kind}`
}

/** The example's, and those that `layer-deploy iam-policy` makes a template of. */
const rolePattern = /^arn:aws:iam::(\d{12}):role\/(?:layers|layer-deploy-\w+)-(deploy|plan)$/

const environments: Readonly<Record<string, string>> = { sandbox: sandboxAccount, production: productionAccount }

/** @returns `null` where the event does not start the workflow */
export async function runWorkflowIn(world: ExampleWorld, run: WorkflowRun): Promise<WorkflowResult | null> {
  const rewrite = run.rewrite ?? (text => text)
  const text = rewrite(run.text ?? (await readFile(join(root, run.workflow), 'utf8')))
  let tokens = 0
  const artifacts = new Map<string, string>()
  const host: WorkflowHost = {
    github: {
      ...run.event,
      ...{ repository, apiUrl: world.github.url, graphqlUrl: world.github.graphqlUrl },
      runId: run.runId ?? '4711'
    },
    variables: environment => {
      const account = environments[environment ?? '']
      const usual = account === undefined ? {} : { AWS_ROLE_ARN: roleArn(account, 'deploy') }
      return { ...run.variables, ...(run.environmentVariables?.[environment ?? ''] ?? usual) }
    },
    secrets: {},
    // What a user calls as `org/layer-deploy-action/.github/workflows/x.yml@v1` is this repository's.
    read: async uses =>
      rewrite(await readFile(join(root, uses.replace(/^.*?\.github/, '.github').replace(/@.*$/, '')), 'utf8')),
    actions: {
      'actions/checkout': checkout(world),
      'aws-actions/configure-aws-credentials': credentials(world),
      'actions/setup-python': setupPython(run.tools),
      'actions/upload-artifact': upload(artifacts),
      'actions/download-artifact': download(artifacts),
      'org/layer-deploy-action': layerDeploy(world)
    },
    token: permissions => {
      const token = `ghs_EXAMPLE${run.runId ?? ''}x${++tokens}`
      const { 'id-token': _oidc, packages: _packages, ...known } = permissions
      world.github.addToken({ token, permissions: known })
      return token
    },
    readOnly: run.readOnly ?? false,
    atOnce: run.atOnce ?? 2
  }
  return runWorkflow(text, run.workflow, host)
}

function checkout(world: ExampleWorld): Action {
  return async ({ with: given, job }) => {
    if ((job.permissions['contents'] ?? 'none') === 'none') {
      return { ...noEffect, failed: true, log: ['Repository not found'] }
    }
    const { ref, submodules, 'fetch-depth': depth, 'persist-credentials': persist = 'true' } = given
    const options = {
      ...whatToCheckOut(ref ?? '', job.github.ref, job.github.sha),
      ...(depth === undefined ? {} : { depth: Number(depth) }),
      submodules: submodules === 'true'
    }
    const workspace = await world.superproject.cloneForRun(options)
    if (persist === 'false') {
      const sections = await runGit(workspace, [
        'config',
        '--local',
        '--get-regexp',
        '^http\\..*\\.extraheader$'
      ]).catch(() => '')
      for (const line of sections.split('\n').filter(Boolean)) {
        await runGit(workspace, ['config', '--local', '--unset-all', line.split(' ')[0] ?? ''])
      }
    }
    return { ...noEffect, workspace }
  }
}

/** As actions/checkout: the input `ref`, else the commit of the event. */
function whatToCheckOut(given: string, ref: string, sha: string): CheckoutOptions {
  if (/^[0-9a-f]{40}$/.test(given)) return { commit: given }
  if (given !== '') return { branch: given }
  if (ref.startsWith('refs/heads/')) return { branch: ref.slice('refs/heads/'.length), commit: sha }
  return { ref }
}

/** What AWS STS makes of the job's OIDC token: the trust policies of the example's roles. */
function credentials(world: ExampleWorld): Action {
  return ({ with: given, job }) => {
    const refuse = (why: string) => Promise.resolve({ ...noEffect, failed: true, log: [why] })
    if (job.permissions['id-token'] !== 'write')
      return refuse('Credentials could not be loaded: id-token: write is missing')
    const role = rolePattern.exec(given['role-to-assume'] ?? '')
    const [, account = '', kind = ''] = role ?? []
    const trusted = kind === 'plan' || (job.environment !== null && environments[job.environment] === account)
    if (!trusted)
      return refuse('Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity')
    if (given['mask-aws-account-id'] === 'true') job.masker.add(account)
    const env = world.aws.env(account, given['aws-region'] ?? '')
    return Promise.resolve({ ...noEffect, env, outputs: { 'aws-account-id': account } })
  }
}

/** A folder of the workspace as it is now, by name, for the jobs that follow. */
function upload(artifacts: Map<string, string>): Action {
  return async ({ with: { name = 'artifact', path = '' }, job }) => {
    const kept = await mkdtemp(join(tmpdir(), 'artifact-'))
    await cp(join(job.workspace, path), kept, { recursive: true })
    artifacts.set(name, kept)
    return noEffect
  }
}

function download(artifacts: ReadonlyMap<string, string>): Action {
  return async ({ with: { name = 'artifact', path = '', pattern }, job }) => {
    if (pattern !== undefined) {
      // As far as `merge-multiple` is true: all of them in one folder.
      const begins = pattern.replace(/\*$/, '')
      for (const [each, from] of artifacts)
        if (each.startsWith(begins)) await cp(from, join(job.workspace, path), { recursive: true })
      return noEffect
    }
    const kept = artifacts.get(name)
    if (kept === undefined) return { ...noEffect, failed: true, log: [`Artifact not found for name: ${name}`] }
    await cp(kept, join(job.workspace, path), { recursive: true })
    return noEffect
  }
}

function setupPython(tools: string | undefined): Action {
  return ({ with: given }) => {
    if (tools === undefined) throw new Error('the run was given no tools for setup-python to put on the path')
    const version = given['python-version'] ?? ''
    return Promise.resolve({ ...noEffect, path: [tools], outputs: { 'python-version': version } })
  }
}

/** dist/ of this repository, as the runner runs it. Its post step follows at once, not at the job's end. */
function layerDeploy({ steps }: ExampleWorld): Action {
  return async ({ with: inputs, env, job }) => {
    const { github, workspace, masker, timeoutMs } = job
    const run = await runAction({ actionDirectory: root, workspace, github, inputs, env, masker, timeoutMs, steps })
    return {
      failed: run.conclusion !== 'success',
      outputs: run.outputs,
      env: run.exportedEnv,
      path: [],
      log: run.log,
      run
    }
  }
}
