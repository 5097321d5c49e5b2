/** What a person at a terminal is told, through dist/cli: each error once, a mend that can be done there, tables that fit. */
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sha1Hex } from '../support/sha1.js'
import { runCommandLine, type CommandLineOutcome } from '../../emulators/world/command-line.js'
import { runGit } from '../../emulators/world/git-process.js'
import { sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { makeTerminalWorld, type TerminalWorld } from '../support/terminal-world.js'
import { versionsIn } from './reading.js'

const program = resolve(import.meta.dirname, '../../dist/cli/index.js')
let terminal: TerminalWorld
let world: ActionWorld
let home: string
let checkout: string
beforeAll(async () => {
  terminal = await makeTerminalWorld()
  ;({ world, home, checkout } = terminal)
})
afterAll(() => terminal.close())

const at = (directory: string, args: string, env: Record<string, string> = {}): Promise<CommandLineOutcome> =>
  runCommandLine({
    ...{ directory, home, args: args.split(' '), steps: world.steps },
    env: { AWS_ENDPOINT_URL: world.aws.url, ...env }
  })
const timesIn = ({ stdout, stderr }: CommandLineOutcome, text: string): number =>
  `${stdout}${stderr}`.split(text).length - 1

describe('refusals', () => {
  it.each([
    ['deploy -e production', 'ENVIRONMENT_MAPPED: '],
    ['deploy -e sandbox', 'NO_CREDENTIALS: '],
    ['plan --config nowhere.yml', 'CONFIG_NOT_FOUND: '],
    ['deploy -p github-deplyo', 'PROFILE_NOT_FOUND: ']
  ])('%s says %s once', async (args, code) => {
    const outcome = await at(checkout, args)
    expect(outcome.exitCode).toBe(1)
    expect(timesIn(outcome, code)).toBe(1)
    expect(outcome.stderr).not.toMatch(/aws-actions|the workflow|the input /)
  })

  it('the stage in place of the environment: did you mean sandbox', async () => {
    for (const args of ['deploy -e dev -p github-deploy', 'discover -e dev -p github-deploy', 'iam-policy -e dev']) {
      const { exitCode, stderr } = await at(checkout, args)
      expect({ args, exitCode, stderr }).toEqual({
        args,
        exitCode: 1,
        stderr: expect.stringMatching(/did you mean sandbox\?/)
      })
    }
  })

  it('no configuration: layer-deploy init', async () => {
    expect((await at(checkout, 'plan --config nowhere.yml')).stderr).toContain('layer-deploy init')
  })

  it('a session of single sign-on that ended: aws sso login with the profile', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sso-'))
    await mkdir(join(folder, '.aws/sso/cache'), { recursive: true })
    const profile = [
      '[profile dev-sso]',
      'sso_session = corp',
      'sso_account_id = 111122223333',
      'sso_role_name = deploy'
    ]
    const session = [
      '[sso-session corp]',
      'sso_region = us-east-2',
      'sso_start_url = https://example.awsapps.com/start'
    ]
    await writeFile(join(folder, '.aws/config'), [...profile, ...session, ''].join('\n'))
    const token = {
      accessToken: 'EXAMPLE',
      expiresAt: '2020-01-01T00:00:00Z',
      region: 'us-east-2',
      startUrl: 'https://example.awsapps.com/start'
    }
    await writeFile(join(folder, `.aws/sso/cache/${sha1Hex('corp')}.json`), JSON.stringify(token))
    const outcome = await runCommandLine({
      directory: checkout,
      home: folder,
      args: ['deploy', '--profile', 'dev-sso', 'da_flask'],
      env: { AWS_ENDPOINT_URL: world.aws.url }
    })
    expect(outcome).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^error: NO_CREDENTIALS: .*To fix: run aws sso login --profile dev-sso/m)
    })
    await rm(folder, { recursive: true, force: true })
  })
})

describe('repositories as people have them', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plain-'))
    await runGit(folder, ['init', '-q', '-b', 'test'])
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('an empty one', async () => {
    for (const args of ['plan', 'deploy', 'detect', 'init --dry-run']) {
      const { exitCode, stderr } = await at(folder, args)
      expect({ args, exitCode, stderr }).toEqual({
        args,
        exitCode: 1,
        stderr: expect.stringMatching(/without any commit\. To fix: commit what is to be deployed/)
      })
    }
  })

  it('a clone without a remote: detect and plan need none, a deploy says how to name it', async () => {
    await mkdir(join(folder, 'da_flask/python/x'), { recursive: true })
    await writeFile(join(folder, 'da_flask/python/x/__init__.py'), '')
    await mkdir(join(folder, '.github'))
    const config = await readFile(join(checkout, '.github/layer-deploy.yml'), 'utf8')
    const one = config.replace(/ {2}da_framework:[^]*$/, '').replace(/ {4}also-watch.*\n/, '')
    await writeFile(join(folder, '.github/layer-deploy.yml'), one)
    await runGit(folder, ['add', '-A'])
    await runGit(folder, ['commit', '-q', '-m', 'x'])
    for (const args of ['detect', 'plan', 'plan -p github-deploy', 'discover -p github-deploy']) {
      expect({ args, ...(await at(folder, args)) }).toMatchObject({ args, exitCode: 0 })
    }
    expect((await at(folder, 'deploy -p github-deploy')).stderr).toMatch(
      /without the remote origin\. To fix: add the remote \(git remote add origin/
    )
  })

  it('a branch that no environment names: what writes is refused, what reads says which are mapped', async () => {
    await runGit(folder, ['checkout', '-q', '-b', 'feature'])
    for (const command of ['deploy', 'rollback --to previous', 'prune']) {
      const run = await at(folder, `${command} -p github-deploy --repository o/r`)
      expect({ command, ...run }).toMatchObject({
        exitCode: 1,
        stderr: expect.stringMatching(/ENVIRONMENT_MAPPED: .* found branch feature, .* To fix: run git switch test/)
      })
    }
    expect(await at(folder, 'plan')).toMatchObject({ exitCode: 0 })
  })

  it('a detached HEAD: what writes is refused, what reads says what to do', async () => {
    await runGit(folder, ['checkout', '-q', '--detach'])
    const deploy = await at(folder, 'deploy -p github-deploy --repository o/r')
    expect(deploy).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/a detached HEAD\. To fix: run git switch test/)
    })
    const plan = await at(folder, 'plan')
    expect({ exitCode: plan.exitCode, times: timesIn(plan, 'git switch') }).toEqual({ exitCode: 0, times: 1 })
  })
})

it('./deploy --environment dev --profile github-deploy da_flask, as before; an untracked file elsewhere keeps nobody', async () => {
  const bin = join(home, 'bin')
  await mkdir(bin, { recursive: true })
  await writeFile(join(bin, 'layer-deploy'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`)
  await chmod(join(bin, 'layer-deploy'), 0o755)
  const wrapper = join(checkout, 'deploy')
  const text = await readFile(resolve(import.meta.dirname, '../../examples/deploy'), 'utf8')
  expect(text.trimEnd().split('\n')).toHaveLength(3)
  await writeFile(wrapper, text)
  await chmod(wrapper, 0o755)
  const env = {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    AWS_ENDPOINT_URL: world.aws.url,
    AWS_EC2_METADATA_DISABLED: 'true'
  }
  const args = '--environment dev --profile github-deploy da_flask'.split(' ')
  const { stdout } = await promisify(execFile)(wrapper, args, { cwd: checkout, env })
  expect(stdout).toMatch(/da_flask +us-east-2 +published +1 /)
  expect(stdout).toContain(
    `da_flask in us-east-2: arn:aws:lambda:us-east-2:${sandboxAccount}:layer:dev-da-flask-layer:1\n`
  )
  expect(versionsIn(world, sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1] })
})

describe('on a terminal', () => {
  /** A pseudo-terminal of so many columns, as Python's standard library makes one. */
  const pty = String.raw`
import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack('HHHH', 40, int(sys.argv[1]), 0, 0))
while True:
    try:
        data = os.read(fd, 65536)
    except OSError:
        break
    if not data:
        break
    os.write(1, data)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`
  const shown = async (columns: number, args: string, more: Record<string, string> = {}): Promise<string> => {
    const env = {
      ...{
        PATH: process.env['PATH'],
        HOME: home,
        TERM: 'xterm',
        AWS_EC2_METADATA_DISABLED: 'true',
        GIT_CONFIG_NOSYSTEM: '1'
      },
      ...{ AWS_ENDPOINT_URL: world.aws.url, ...more }
    }
    // The shell waits until the window has its size.
    const command = ['/bin/sh', '-c', `sleep 0.2; exec "$0" "$@"`, process.execPath, program, ...args.split(' ')]
    const { stdout } = await promisify(execFile)('python3', ['-c', pty, String(columns), ...command], {
      cwd: checkout,
      env
    })
    return stdout.replaceAll('\r\n', '\n')
  }
  // eslint-disable-next-line no-control-regex
  const withoutMarks = (text: string): string => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '')

  it('discover and prune print text, a live line while they read, and the table fits', async () => {
    const discovered = await shown(120, 'discover -p github-deploy')
    expect(discovered).toContain('reading layers, stacks and functions')
    const text = withoutMarks(discovered)
    expect(text).toContain('Lambda layers')
    expect(text).toMatch(/^LAYER +VERSION +/m)
    expect(text).not.toMatch(/^\||^#|```|\*\*/m)
    const pruned = withoutMarks(await shown(80, 'prune -p github-deploy da_flask'))
    expect(pruned).toMatch(/^VERSION +PUBLISHED +/m)
    expect(pruned).not.toMatch(/^\||^#|```|\*\*/m)
    const narrow = withoutMarks(await shown(50, 'plan -p github-deploy'))
    const lines = narrow
      .split('\n')
      .filter(line => !line.includes('arn:') && !/^(sandbox|error|warning|notice|\d+ layer)/.test(line))
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(50)
    expect(narrow).toContain('da_framework')
  })

  it('NO_COLOR: no colour; into a pipe: Markdown, as before', async () => {
    // eslint-disable-next-line no-control-regex
    expect(await shown(100, 'plan -p github-deploy', { NO_COLOR: '1' })).not.toMatch(/\u001b\[[0-9;]*m/)
    // eslint-disable-next-line no-control-regex
    expect(await shown(100, 'plan -p github-deploy')).toMatch(/\u001b\[[0-9;]*m/)
    expect((await at(checkout, 'discover -p github-deploy')).stdout).toContain('## Lambda layers')
  })
})
