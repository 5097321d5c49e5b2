/** Submodules over SSH, against a real sshd on 127.0.0.1 with its own host key and its own configuration. */
import type { SshAccess } from '../../src/adapters/git/submodules/local-config.js'
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { access, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, connect, type AddressInfo } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createGit } from '../../src/adapters/git/index.js'
import { processRunner } from '../../src/adapters/process/index.js'
import type { Git } from '../../src/ports/git.js'
import { runGit } from '../support/git-process.js'
import { makeSuperproject, type Superproject } from '../support/superproject.js'

const run = promisify(execFile)
const { username } = userInfo()
let folder: string
let scratch: string
let sshd: ChildProcess
let port: number
let access_: SshAccess
let world: Superproject
/** GIT_SSH_COMMAND and the mode of each file in the scratch folder, as seen while git ran. */
const seen: { command: string; modes: string[] }[] = []

async function sshdPath(): Promise<string> {
  for (const path of ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd']) {
    const found = await access(path).then(
      () => true,
      () => false
    )
    if (found) return path
  }
  throw new Error('sshd is missing: install it with `apt-get install openssh-server`')
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port: free } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return free
}

async function reachable(): Promise<boolean> {
  return await new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => {
      resolve(false)
    })
  })
}

async function keyPair(name: string): Promise<string> {
  const file = join(folder, name)
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file])
  return file
}

async function startSshd(): Promise<void> {
  const hostKey = await keyPair('host_key')
  const clientKey = await keyPair('client_key')
  await writeFile(join(folder, 'authorized_keys'), await readFile(`${clientKey}.pub`, 'utf8'), { mode: 0o600 })
  port = await freePort()
  await writeFile(
    join(folder, 'sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${hostKey}`,
      `PidFile ${join(folder, 'sshd.pid')}`,
      `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
      'StrictModes no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PubkeyAuthentication yes',
      'UsePAM no',
      'PermitRootLogin prohibit-password',
      'LogLevel ERROR',
      ''
    ].join('\n')
  )
  // sshd run by root insists on its directory for privilege separation.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true })
  sshd = spawn(await sshdPath(), ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe']
  })
  let said = ''
  sshd.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  for (let attempt = 0; !(await reachable()); attempt++) {
    if (attempt > 100 || sshd.exitCode !== null) throw new Error(`sshd does not listen: ${said}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  const key = await readFile(clientKey, 'utf8')
  access_ = { key, knownHosts: `[127.0.0.1]:${port} ${await readFile(`${hostKey}.pub`, 'utf8')}` }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ssh-test-'))
  scratch = await mkdtemp(join(folder, 'runner temp-'))
  await startSshd()
  world = await makeSuperproject()
  const remotes = join(world.directory, 'remotes')
  const modules = ['da_flask', 'da_framework'].map(name => {
    return `[submodule "${name}"]\n\tpath = ${name}\n\turl = ssh://${username}@127.0.0.1:${port}${remotes}/${name}.git\n`
  })
  await world.commitFiles({ '.gitmodules': modules.join('') })
  await world.push('main')
})
afterAll(async () => {
  sshd.kill()
  await world.close()
  await rm(folder, { recursive: true, force: true })
})

function gitIn(directory: string, ssh?: SshAccess): Git {
  const real = processRunner()
  return createGit({
    process: {
      run: async command => {
        const ssh = command.env?.['GIT_SSH_COMMAND']
        if (ssh !== undefined) {
          const all = await readdir(scratch, { recursive: true, withFileTypes: true })
          const files = all.filter(each => join(each.parentPath, each.name).includes('layer-deploy-ssh-'))
          const modes = await Promise.all(
            files.map(async each => ((await stat(join(each.parentPath, each.name))).mode & 0o777).toString(8))
          )
          seen.push({ command: ssh, modes: modes.sort() })
        }
        return await real.run({ ...command, env: { ...command.env, HOME: folder, SSH_AUTH_SOCK: undefined } })
      }
    },
    directory,
    scratchDirectory: scratch,
    ...(ssh === undefined ? {} : { ssh })
  })
}

/** Writes the commit that HEAD's gitlink names out, as a build does. @returns the submodule's folder in the copy */
async function exportOf(git: Git, path: string): Promise<string> {
  const destination = await mkdtemp(join(folder, 'exported-'))
  const [entry] = await git.readEntries('HEAD', [path])
  try {
    await git.exportSubmodule({ path, commit: entry!.objectId }, destination, true)
  } finally {
    await git.close()
  }
  return join(destination, path)
}

describe('a submodule over SSH', () => {
  it('is checked out with the key and the known hosts, which are gone afterwards', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    seen.length = 0
    const git = gitIn(directory, access_)
    const exported = await exportOf(git, 'da_flask')
    expect(await readFile(join(exported, 'python/da_flask/app.py'), 'utf8')).toContain('create_app')
    expect(seen).toHaveLength(1)
    expect(seen[0]!.command).toMatch(/IdentitiesOnly=yes.*StrictHostKeyChecking=yes.*UserKnownHostsFile=/)
    expect(seen[0]!.modes).toEqual(['600', '600', '700'])
    expect(await readdir(scratch)).toEqual([])
  })

  it('takes a key with the line ends of a browser', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const key = access_.key.replaceAll('\n', '\r\n').trimEnd()
    expect(await readdir(await exportOf(gitIn(directory, { ...access_, key }), 'da_framework'))).toContain('python')
  })

  it('finds a commit that is no tip, though the server speaks the old protocol', async () => {
    const older = await world.commitSubmodule('da_flask', { 'python/v.py': '1' })
    await world.commitSubmodule('da_flask', { 'python/v.py': '2' })
    await world.bumpSubmodule('da_flask', older)
    await world.push('main')
    const directory = await world.cloneForRun({ branch: 'main' })
    expect(await runGit(await exportOf(gitIn(directory, access_), 'da_flask'), ['rev-parse', 'HEAD'])).toBe(older)
  })

  it('F31 says which commit is not there', async () => {
    const missing = 'c0ffee'.padEnd(40, '0')
    await world.bumpSubmodule('da_framework', missing, { branch: 'missing', from: 'main' })
    await world.push('missing')
    const directory = await world.cloneForRun({ branch: 'missing' })
    await expect(exportOf(gitIn(directory, access_), 'da_framework')).rejects.toThrow(
      new RegExp(`GIT_FAILED: Expected commit ${missing} of submodule "da_framework" on ssh://`)
    )
  })

  it('refuses a host that is not known, and says what to set', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const knownHosts = 'example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE'
    await expect(exportOf(gitIn(directory, { ...access_, knownHosts }), 'da_flask')).rejects.toThrow(
      /^GIT_FAILED: .*set `ssh-known-hosts`/
    )
    expect(await readdir(scratch)).toEqual([])
  })

  it('is refused without a key, or with another one', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const key = await readFile(await keyPair('stranger'), 'utf8')
    for (const ssh of [
      { ...access_, key },
      { ...access_, key: 'not a key' }
    ]) {
      const failure: unknown = await exportOf(gitIn(directory, ssh), 'da_flask').catch((thrown: unknown) => thrown)
      expect(String(failure)).toMatch(/GIT_FAILED: .*(Permission denied|error in libcrypto|invalid format)/)
      expect(String(failure)).not.toContain(key.split('\n')[1])
    }
    await expect(exportOf(gitIn(directory), 'da_flask')).rejects.toThrow(/GIT_FAILED/)
  })
})
