/**
 * Workflows under act, which reads and runs them itself: conditions, matrices, called workflows, outputs, file commands, post steps. What
 * would be fetched from GitHub are stand-ins that do the same with local git; this action is the one in the work tree.
 */
import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  productionAccount,
  region,
  repository,
  sandboxAccount,
  type ExampleWorld
} from '../../emulators/world/example-world.js'
import type { WorkflowEvent } from '../../emulators/world/workflow-event.js'

const root = resolve(import.meta.dirname, '../..')
const token = 'ghs_EXAMPLEunderAct'
/** A run of the longest example takes 40 s on two busy cores. */
const longestMilliseconds = 240_000

interface ActRun {
  readonly workflow: string
  readonly event: WorkflowEvent
  /** What the repository's variable AWS_ROLE_ARN names: act has no variables of an environment. Default: the sandbox's. */
  readonly account?: string
}

export interface ActOutcome {
  readonly exitCode: number | null
  readonly log: string
}

export interface Act {
  run(run: ActRun): Promise<ActOutcome>
  close(): Promise<void>
}

/** @param tools a folder of programs that setup-python puts on the path */
export async function openAct(world: ExampleWorld, tools: string): Promise<Act> {
  const folder = await mkdtemp(join(tmpdir(), 'act-'))
  world.github.addToken({
    token,
    permissions: { contents: 'read', deployments: 'write', 'pull-requests': 'write', statuses: 'write' }
  })
  // act copies what it is given: not node_modules.
  for (const part of ['action.yml', 'dist', '.github']) {
    await cp(join(root, part), join(folder, 'action', part), { recursive: true })
  }
  const standIns = await writeStandIns(world, folder, tools)
  const local = ['--local-repository', `org/layer-deploy-action@v1=${join(folder, 'action')}`]
  for (const used of await actionsUsed()) {
    const at = standIns.get(used.split('@')[0] ?? '')
    if (at !== undefined) local.push('--local-repository', `${used}=${at}`)
  }
  let runs = 0
  return {
    run: async ({ workflow, event, account = sandboxAccount }) => {
      const number = String(7000 + ++runs)
      const own = join(folder, `run-${number}`)
      await mkdir(own)
      await writeFile(join(own, 'workflow.yml'), workflow)
      await writeFile(join(own, 'event.json'), JSON.stringify(event.payload))
      const environment = {
        ...{ GITHUB_API_URL: world.github.url, GITHUB_GRAPHQL_URL: world.github.graphqlUrl },
        ...{ GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: number }
      }
      const args = [
        event.eventName,
        ...['-C', await world.superproject.cloneForRun(placeOf(event))],
        ...['-W', join(own, 'workflow.yml'), '-e', join(own, 'event.json'), '-P', 'ubuntu-latest=-self-hosted'],
        ...Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
        ...['--var', `AWS_ROLE_ARN=arn:aws:iam::${account}:role/layers-deploy`, '-s', `GITHUB_TOKEN=${token}`],
        ...['--env-file', '--var-file', '--secret-file', '--input-file'].flatMap(name => [name, '/dev/null']),
        ...['--action-cache-path', join(folder, 'cache'), '--use-new-action-cache', '--no-cache-server'],
        ...['--no-skip-checkout', '--pull=false', ...local]
      ]
      return started(args, folder)
    },
    close: () => rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** act takes the commit, and where the payload names none the branch, from the clone that it is started in. */
function placeOf({ ref, sha }: WorkflowEvent) {
  return ref.startsWith('refs/heads/') ? { branch: ref.slice('refs/heads/'.length), commit: sha } : { ref }
}

function started(args: readonly string[], home: string): Promise<ActOutcome> {
  const child = spawn('act', args, {
    env: { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: longestMilliseconds,
    killSignal: 'SIGKILL'
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (log += text.toString()))
  return new Promise((settle, reject) => {
    child.once('error', reject)
    child.once('close', exitCode => {
      settle({ exitCode, log })
    })
  })
}

/** `owner/name@ref` of each action that our own workflows and those of the README and the examples use. */
async function actionsUsed(): Promise<ReadonlySet<string>> {
  const folders = [join(root, '.github/workflows'), join(root, 'examples')]
  const files = await Promise.all(
    folders.map(async each => (await readdir(each)).filter(name => name.endsWith('.yml')).map(name => join(each, name)))
  )
  const texts = await Promise.all([join(root, 'README.md'), ...files.flat()].map(file => readFile(file, 'utf8')))
  return new Set(
    texts.flatMap(text => [...text.matchAll(/uses: ([\w.-]+\/[\w.-]+@\w+)/g)].map(([, used = '']) => used))
  )
}

/** @returns `owner/name` → the folder of its stand-in */
async function writeStandIns(world: ExampleWorld, folder: string, tools: string): Promise<ReadonlyMap<string, string>> {
  const kept = join(folder, 'artifacts')
  const accounts = join(folder, 'accounts')
  await Promise.all([mkdir(kept), mkdir(accounts)])
  for (const account of [sandboxAccount, productionAccount]) {
    const lines = Object.entries(world.aws.env(account, region)).map(([name, value]) => `${name}=${value}\n`)
    await writeFile(join(accounts, account), lines.join(''))
  }
  const actions: Readonly<Record<string, readonly [inputs: readonly string[], script: string]>> = {
    'actions/checkout': [
      ['ref', 'submodules', 'fetch-depth', 'persist-credentials', 'ssh-key'],
      `
      git init -q -b master && git remote add origin ${world.superproject.url} && git config gc.auto 0
      fetch() { git -c protocol.version=2 fetch -q --no-tags --depth=1 origin "$1"; }
      wanted=$IN_REF
      case "$IN_REF,$GITHUB_REF" in
        ,refs/heads/*)
          branch=\${GITHUB_REF#refs/heads/}
          fetch "+$GITHUB_SHA:refs/remotes/origin/$branch"
          git checkout -q --force -B "$branch" "refs/remotes/origin/$branch" ;;
        ,*) fetch "+$GITHUB_REF:refs/remotes/\${GITHUB_REF#refs/}" && git checkout -q --detach FETCH_HEAD ;;
        *) fetch "$IN_REF" && git checkout -q --detach FETCH_HEAD ;;
      esac
      if [ "$IN_SUBMODULES" = true ]; then git submodule -q update --init --depth=1; fi`
    ],
    'aws-actions/configure-aws-credentials': [
      ['role-to-assume', 'aws-region'],
      `
      account=$(cut -d: -f5 <<< "$IN_ROLE_TO_ASSUME")
      cat "${accounts}/$account" >> "$GITHUB_ENV"
      echo "AWS_REGION=$IN_AWS_REGION" >> "$GITHUB_ENV"`
    ],
    'actions/setup-python': [['python-version'], `echo "${tools}" >> "$GITHUB_PATH"`],
    'actions/upload-artifact': [
      ['name', 'path', 'retention-days'],
      `mkdir -p "${kept}/$GITHUB_RUN_ID" && cp -r "$IN_PATH" "${kept}/$GITHUB_RUN_ID/$IN_NAME"`
    ],
    'actions/download-artifact': [
      ['name', 'path', 'pattern', 'merge-multiple'],
      `mkdir -p "$IN_PATH" && for each in "${kept}/$GITHUB_RUN_ID/"\${IN_NAME:-$IN_PATTERN}; do cp -r "$each/." "$IN_PATH"; done`
    ]
  }
  const places = new Map<string, string>()
  for (const [name, [inputs, script]] of Object.entries(actions)) {
    const at = join(folder, name.replace('/', '-'))
    await mkdir(at)
    await writeFile(join(at, 'action.yml'), compositeAction(name, inputs, script))
    places.set(name, at)
  }
  return places
}

function compositeAction(name: string, inputs: readonly string[], script: string): string {
  const variable = (input: string): string => `IN_${input.replaceAll('-', '_').toUpperCase()}`
  return JSON.stringify({
    name,
    description: 'a stand-in',
    inputs: Object.fromEntries(inputs.map(input => [input, { description: input, default: '' }])),
    runs: {
      using: 'composite',
      steps: [
        {
          shell: 'bash',
          run: `set -euo pipefail\n${script}`,
          env: Object.fromEntries(inputs.map(input => [variable(input), `\${{ inputs.${input} }}`]))
        }
      ]
    }
  })
}
