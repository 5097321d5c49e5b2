/** F141 input without an end: links to /dev/zero, FIFOs, answers that go on. Each is refused in seconds, and eats no memory. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunOutcome } from '../../emulators/runner/index.js'
import {
  type ActionRun,
  type ActionWorld,
  makeActionWorld,
  ownProcesses,
  sandboxAccount
} from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText } from './config-text.js'
import { codesOf, errorsOf, warningsOf } from './reading.js'

const scratch = mkdtempSync(join(tmpdir(), 'bounded-'))
const fifo = join(scratch, 'fifo')
/** What a run of this bundle needs, and no more: reading 2 GB ends it. */
const littleMemory = { NODE_OPTIONS: '--max-old-space-size=192' }

let world: ActionWorld
let endless: Server
let head = ''
/** Bytes that the server without an end got rid of in one answer. */
let mostSent = 0
beforeAll(async () => {
  execFileSync('mkfifo', [fifo])
  const layers = {
    plain: '{ path: plain }',
    covered: '{ path: covered, coverage: { report: coverage.xml, minimum: 80 } }',
    listed: '{ path: listed, build: { requirements: requirements.txt } }',
    templated: '{ path: templated, template: { file: templated/template.yaml } }'
  }
  world = await makeActionWorld({
    steps: ownProcesses,
    config: configText({ layers }),
    submodules: {},
    files: {
      ...{ 'plain/python/a.py': '1\n', 'covered/python/b.py': '1\n', 'listed/c.py': '1\n' },
      ...{ 'listed/requirements.txt': '-r /dev/zero\n', 'templated/python/d.py': '1\n' }
    }
  })
  await commitLink('templated/template.yaml', '/dev/zero')
  head = await world.superproject.push('test')
  endless = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const piece = Buffer.alloc(1024 * 1024, ' ')
    const more = (): void => {
      let isTaken = true
      while (!response.destroyed && isTaken) {
        isTaken = response.write(piece)
        mostSent = Math.max(mostSent, response.socket?.bytesWritten ?? 0)
      }
    }
    response.on('drain', more)
    more()
  })
  await new Promise<void>(resolve => endless.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await world.close()
  endless.closeAllConnections()
  endless.close()
  rmSync(scratch, { recursive: true, force: true })
})
beforeEach(() => {
  world.aws.resetCalls()
  mostSent = 0
})

/** A symbolic link, in a commit that is pushed next. */
async function commitLink(path: string, target: string): Promise<void> {
  const { superproject } = world
  const file = join(scratch, 'target')
  writeFileSync(file, target)
  const id = await superproject.git('hash-object', '-w', file)
  const clone = join(scratch, 'clone')
  execFileSync('git', ['clone', '-q', '-b', 'test', join(superproject.directory, 'local.git'), clone])
  execFileSync('git', ['-C', clone, 'update-index', '--add', '--cacheinfo', `120000,${id},${path}`])
  const who = ['-c', 'user.name=x', '-c', 'user.email=x@example.com']
  execFileSync('git', ['-C', clone, ...who, 'commit', '-q', '-m', 'a link'])
  execFileSync('git', ['-C', clone, 'push', '-q', 'origin', 'test'])
}

const run = (layers: string, job: Partial<ActionRun> = {}): Promise<RunOutcome> => {
  const base = { event: push({ after: head }), checkout: { branch: 'test', commit: head }, account: sandboxAccount }
  return world.run({ ...base, inputs: { layers }, ...job, env: { ...littleMemory, ...job.env } })
}
const endlessUrl = () => `http://127.0.0.1:${(endless.address() as AddressInfo).port}`

function expectRefused(outcome: RunOutcome, code: string, says: RegExp): void {
  expect(codesOf(outcome)).toEqual([code])
  expect(errorsOf(outcome)[0]).toMatch(says)
  expect(outcome.exitCode).toBe(1)
  expect(outcome.durationMs).toBeLessThan(30_000)
  expect(world.aws.writes()).toEqual([])
}

describe('F141 files', () => {
  it.each(['/dev/zero', fifo])('F141 an event of %s', async path => {
    const outcome = await run('plain', { env: { NODE_OPTIONS: `${littleMemory.NODE_OPTIONS} ${eventAt(path)}` } })
    expectRefused(outcome, 'EVENT_INVALID', /device, a FIFO/)
  })

  it.each(['/dev/zero', fifo])('F141 a coverage report that is a link to %s', async path => {
    const prepare = (workspace: string) => Promise.resolve(symlinkSync(path, join(workspace, 'coverage.xml')))
    expectRefused(await run('covered', { prepare }), 'COVERAGE_BELOW_MINIMUM', /device, a FIFO/)
  })

  it('F141 a list of requirements that includes /dev/zero', async () => {
    expectRefused(await run('listed'), 'BUILD_FAILED', /dev\/zero.*device, a FIFO/)
  })

  it('F141 an own template that is a link to /dev/zero', async () => {
    expectRefused(await run('templated'), 'CONFIG_INVALID', /template/)
  })

  it.each(['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE'])('F141 %s of a FIFO holds no credentials', async name => {
    const outcome = await run('plain', { account: null, env: { [name]: fifo } })
    expectRefused(outcome, 'NO_CREDENTIALS', /none of them/)
  })

  it('F141 a coverage report that is too long', async () => {
    const prepare = (workspace: string) =>
      Promise.resolve(execFileSync('truncate', ['-s', '300M', join(workspace, 'coverage.xml')])).then(() => undefined)
    expectRefused(await run('covered', { prepare }), 'COVERAGE_BELOW_MINIMUM', /more than 100000000 bytes/)
  })
})

/** The runner emulator writes the payload itself: the variable is set anew before the bundle starts. */
function eventAt(path: string): string {
  const file = join(scratch, `event-${path.replaceAll('/', '_')}.mjs`)
  writeFileSync(file, `process.env.GITHUB_EVENT_PATH = ${JSON.stringify(path)}\n`)
  return `--import=${file}`
}

describe('F141 answers', () => {
  it('F141 of AWS', async () => {
    const outcome = await run('plain', { env: { AWS_ENDPOINT_URL: endlessUrl(), NODE_OPTIONS: '' } })
    expectRefused(outcome, 'AWS_FAILED', /not of AWS/)
  })

  it('F141 of GitHub: a warning', async () => {
    const { payload } = push({ after: head })
    const github = {
      eventName: 'push',
      ref: 'refs/heads/test',
      sha: head,
      repository: 'octo-org/superproject',
      payload
    }
    const options = { github: { ...github, token: 'ghs_EXAMPLEinstallationtoken', apiUrl: endlessUrl() } }
    const outcome = await run('plain', { options })
    expect(outcome.exitCode).toBe(0)
    expect(outcome.durationMs).toBeLessThan(60_000)
    expect(warningsOf(outcome).length).toBeGreaterThan(0)
    expect(mostSent).toBeLessThan(128 * 1024 * 1024)
  })
})
