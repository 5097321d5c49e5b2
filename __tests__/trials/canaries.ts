/** G9: runs within this process whose every credential is a canary; a build prints them in every form, and things fail. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import { makeExampleWorld, region, repository, sandboxAccount } from '../../emulators/world/example-world.js'
import { push } from '../../emulators/world/push-events.js'
import { pullRequest } from '../../emulators/world/pull-request-events.js'
import { main } from '../../src/main.js'

/** What goes wrong in a run. */
export const mishaps = [
  'nothing',
  'the build fails',
  'a dry run',
  'a plan of a pull request',
  'the wrong session token',
  'GitHub answers 500',
  'GitHub refuses the token',
  'a submodule that cannot be fetched',
  'an input is wrong',
  'no configuration',
  'AWS denies',
  'the address of AWS is wrong'
] as const
export type Mishap = (typeof mishaps)[number]

export interface CanaryWorld {
  /** What was found: place, form and name of each canary; empty where all is well. */
  run(mishap: Mishap): Promise<{ readonly hits: readonly string[]; readonly text: string; readonly exitCode: number }>
  close(): Promise<void>
}

const mark = 'EXAMPLE+canary/'
const canaries = {
  AWS_SECRET_ACCESS_KEY: `${mark}aws-secret==`,
  AWS_SESSION_TOKEN: `${mark}session"token\\with%20all&sorts`,
  'INPUT_GITHUB-TOKEN': 'ghs_EXAMPLEinstallationtoken',
  'INPUT_SSH-KEY': `-----BEGIN EXAMPLE KEY-----\n${mark}ssh-key-line-one\n${mark}ssh-key-line-two\n-----END EXAMPLE KEY-----\n`,
  PRIVATE_API_KEY: `${mark}api key with blanks`,
  TWINE_PASSWORD: `${mark}p@ss:word`
} as const
const indexPassword = 'EXAMPLE-canary-of-the-index'
const submodulePassword = 'EXAMPLE-canary-of-a-submodule'
const checkoutToken = 'ghs_EXAMPLEcanaryofthecheckout'

/** Prints the environment, the address of the remote and git's own configuration, in every form. */
const leak = `import base64, json, os, subprocess, sys, urllib.parse
def show(value):
    raw = value.encode()
    print(value)
    for before in (b"", b"x", b"xy"):
        print(base64.b64encode(before + raw).decode(), base64.urlsafe_b64encode(before + raw + b"z").decode())
    print(raw.hex(), raw.hex().upper(), urllib.parse.quote(value), urllib.parse.quote(value, safe=""), urllib.parse.quote_plus(value))
    print(json.dumps({"value": value}), json.dumps(json.dumps([value])), repr(value) if '"' not in value else "")
for name, value in sorted(os.environ.items()):
    if "EXAMPLE" in value: show(value)
print(subprocess.run(["git", "config", "--list"], capture_output=True, text=True).stdout)
print(open(os.path.join(os.environ["LEAK_WORKSPACE"], ".git/config")).read())
sys.exit(int(os.environ.get("LEAK_EXIT", "0")))
`

export async function openCanaryWorld(): Promise<CanaryWorld> {
  const layer = `{ path: leaky, build: { command: "python3 leak.py && mkdir -p $LAYER_BUILD_DIR/python && cp leak.py $LAYER_BUILD_DIR/python/ok.py" } }`
  const config = `version: 1
environments:
  sandbox: { branch: test, stage: dev, account-id: "${sandboxAccount}", regions: [${region}], artifact-bucket: ${sandboxAccount}-code-deployment }
defaults: { compatible-runtimes: [python3.10] }
layers:
  leaky: ${layer}
  da_flask: { path: da_flask }
`
  const key = { accessKeyId: 'AKIACANARYEXAMPLE', secretAccessKey: canaries.AWS_SECRET_ACCESS_KEY }
  const account = { accountId: sandboxAccount, ...key, sessionToken: canaries.AWS_SESSION_TOKEN }
  const world = await makeExampleWorld({
    config,
    token: checkoutToken,
    files: { 'leaky/leak.py': leak },
    aws: {
      accounts: [account],
      buckets: [{ name: `${sandboxAccount}-code-deployment`, ownerAccountId: sandboxAccount, region }]
    }
  })
  const sha = await world.superproject.push('test')
  const url = `http://octo:${submodulePassword}@127.0.0.1:9/da_flask.git`
  await world.superproject.commitFiles(
    { '.gitmodules': `[submodule "da_flask"]\n\tpath = da_flask\n\turl = ${url}\n` },
    { branch: 'broken', from: 'test' }
  )
  const broken = await world.superproject.push('broken')
  const scratch = await mkdtemp(join(tmpdir(), 'canaries-'))
  let runs = 0
  return {
    async run(mishap) {
      runs += 1
      const commit = mishap === 'a submodule that cannot be fetched' ? broken : sha
      const workspace = await world.superproject.cloneForRun({ branch: 'test', commit })
      const event =
        mishap === 'a plan of a pull request' ? pullOf(sha) : push({ repository, branch: 'test', after: commit })
      if (mishap === 'no configuration') await rm(join(workspace, '.github'), { recursive: true })
      if (mishap === 'GitHub answers 500')
        world.github.faults.add({ operation: '*', fault: { kind: 'error', status: 400, when: 'before' }, times: 1_000 })
      const files = Object.fromEntries(
        ['output', 'state', 'summary', 'event'].map(name => [name, join(scratch, `${runs}-${name}`)])
      )
      for (const [name, file] of Object.entries(files))
        await writeFile(file, name === 'event' ? JSON.stringify(event.payload) : '')
      const environment: Record<string, string> = {
        ...{ PATH: process.env['PATH'] ?? '', HOME: scratch, RUNNER_TEMP: scratch, GITHUB_WORKSPACE: workspace },
        ...{ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: String(runs), RUNNER_DEBUG: '1' },
        ...{ GITHUB_EVENT_NAME: event.eventName, GITHUB_EVENT_PATH: files['event'] ?? '', GITHUB_REF: event.ref },
        ...{ GITHUB_SHA: event.sha, GITHUB_API_URL: world.github.url, GITHUB_OUTPUT: files['output'] ?? '' },
        ...{ GITHUB_STATE: files['state'] ?? '', GITHUB_STEP_SUMMARY: files['summary'] ?? '', INPUT_FORCE: 'true' },
        ...world.aws.env(sandboxAccount, region),
        ...canaries,
        ...{ PIP_INDEX_URL: `https://reader:${indexPassword}@127.0.0.1:9/simple`, LEAK_WORKSPACE: workspace },
        ...changesFor(mishap)
      }
      const { printed, exitCode } = await within(environment)
      world.github.faults.clear()
      const places = {
        log: printed.replace(/^::add-mask::.*$/gm, ''),
        ...Object.fromEntries(
          await Promise.all(
            ['output', 'state', 'summary'].map(async name => [name, await readFile(files[name] ?? '', 'utf8')] as const)
          )
        ),
        github: JSON.stringify(world.github.state),
        versions: listLayers(world.aws.world, sandboxAccount, region)
          .flatMap(({ versions }) =>
            versions.map(version => `${JSON.stringify({ ...version, zip: '' })}${version.zip.toString('latin1')}`)
          )
          .join('\n')
      }
      world.github.state.comments.length = 0
      world.github.state.statuses.length = 0
      await rm(workspace, { recursive: true, force: true })
      const hits = Object.entries(places).flatMap(([place, text]) =>
        hitsIn(text).map(hit => `${mishap}: ${place}: ${hit}`)
      )
      return { hits, text: places.log, exitCode }
    },
    async close() {
      await world.close()
      await rm(scratch, { recursive: true, force: true })
    }
  }
}

function pullOf(sha: string): ReturnType<typeof pullRequest> {
  const ids = { baseCommit: sha, headCommit: sha, mergeCommit: sha }
  return pullRequest({ repository, number: 7, base: 'test', head: 'feature', ...ids })
}

function changesFor(mishap: Mishap): Record<string, string> {
  switch (mishap) {
    case 'the build fails':
      return { LEAK_EXIT: '3' }
    case 'a dry run':
      return { 'INPUT_DRY-RUN': 'true' }
    case 'the wrong session token':
      return { AWS_SESSION_TOKEN: `${mark}another-session-token` }
    case 'GitHub refuses the token':
      return { 'INPUT_GITHUB-TOKEN': `${mark}another-token` }
    case 'an input is wrong':
      return { INPUT_SUBMODULES: 'sometimes' }
    case 'AWS denies':
      return { AWS_SECRET_ACCESS_KEY: `${mark}another-secret` }
    case 'the address of AWS is wrong':
      return { AWS_ENDPOINT_URL: `http://octo:${indexPassword}@127.0.0.1:9`, 'INPUT_TIMEOUT-MINUTES': '0.05' }
    default:
      return {}
  }
}

/** The action, in this process with that environment. */
async function within(environment: Record<string, string>): Promise<{ printed: string; exitCode: number }> {
  const [before, write] = [{ ...process.env }, process.stdout.write.bind(process.stdout)]
  let printed = ''
  const set = (variables: Readonly<Record<string, string | undefined>>): void => {
    for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name)
    for (const [name, value] of Object.entries(variables)) if (value !== undefined) process.env[name] = value
  }
  process.stdout.write = (text: string) => {
    printed += text
    return true
  }
  set(environment)
  try {
    return { exitCode: await main(environment), printed }
  } finally {
    process.stdout.write = write
    set(before)
  }
}

const secrets: Readonly<Record<string, string>> = {
  ...canaries,
  'INPUT_SSH-KEY': `${mark}ssh-key-line-one`,
  'ssh line two': `${mark}ssh-key-line-two`,
  'index password': indexPassword,
  'submodule password': submodulePassword,
  'checkout token': checkoutToken,
  mark
}

function hitsIn(text: string): readonly string[] {
  return Object.entries(secrets).flatMap(([name, value]) =>
    formsOf(value).flatMap(([form, shape]) => (text.includes(shape) ? [`${name} ${form}`] : []))
  )
}

/** Written here anew: what removes them must not be what looks for them. */
function formsOf(value: string): readonly (readonly [string, string])[] {
  const bytes = Buffer.from(value)
  const aligned = [0, 1, 2].map(shift => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return ['base64', whole.slice(shift === 0 ? 0 : shift + 1, -1)] as const
  })
  return [
    ['raw', value],
    ...aligned,
    ...aligned.map(([, shape]) => ['base64url', shape.replaceAll('+', '-').replaceAll('/', '_')] as const),
    ['URL-encoded', encodeURIComponent(value)],
    ['form-encoded', encodeURIComponent(value).replaceAll('%20', '+')],
    ['JSON', JSON.stringify(value).slice(1, -1)],
    ['JSON twice', JSON.stringify(JSON.stringify(value).slice(1, -1)).slice(1, -1)],
    ['hexadecimal', bytes.toString('hex')],
    ['hexadecimal', bytes.toString('hex').toUpperCase()]
  ]
}
