/** `.gitmodules` is content: anyone who can push wrote it. */
import { lstat, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { sha256Hex } from '../../../../src/model/digest.js'
import { failure, gitTrial } from '../../../support/git-in.js'
import { runGit } from '../../../support/git-process.js'
import { makeSuperproject, type Files, type Superproject } from '../../../support/superproject.js'

let scratch: string
let world: Superproject
const { commands, gitIn, exportOf, closeAll } = gitTrial(() => scratch)

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'hostile-gitmodules-'))
  world = await makeSuperproject()
})
beforeEach(() => {
  commands.length = 0
})
afterEach(closeAll)
afterAll(async () => {
  await world.close()
  await rm(scratch, { recursive: true, force: true })
})

/** A checkout of a superproject whose `.gitmodules` says what it should not. */
async function checkoutOf(gitmodules: Files[string]): Promise<string> {
  const branch = `bad-${sha256Hex(JSON.stringify(gitmodules)).slice(0, 12)}`
  await world.commitFiles({ '.gitmodules': gitmodules }, { branch, from: 'main' })
  await world.push(branch)
  return await world.cloneForRun({ branch })
}
const fetches = (): readonly unknown[] => commands.filter(({ argv }) => argv.includes('fetch'))

const hostile: readonly (readonly [string, string])[] = [
  ['file://', 'url = file:///etc'],
  ['a local path', 'url = /etc'],
  ['a path out of the tree', 'url = ../../../../../etc\n\tupdate = checkout\n\tpath = da_flask'],
  ['ext::', 'url = "ext::sh -c touch% pwned"'],
  ['ext::ssh', 'url = ext::ssh'],
  ['fd::', 'url = fd::17'],
  ['a leading dash', 'url = -u./payload'],
  ['an option for ssh', 'url = ssh://-oProxyCommand=touch-pwned/x'],
  ['an option for ssh, scp-like', 'url = git@-oProxyCommand=touch-pwned:x'],
  ['git://', 'url = git://127.0.0.1/x.git'],
  ['http to another machine', 'url = http://example.com/x.git'],
  ['http to another machine, disguised', 'url = http://127.0.0.1@example.com/x.git'],
  ['no url', 'branch = main'],
  ['update = !cmd', 'url = ../da_flask.git\n\tupdate = !touch pwned'],
  ['a URL of 5,000 letters', `url = https://example.com/${'x'.repeat(5000)}`]
]

describe('.gitmodules', () => {
  it.each(hostile)('F34 refuses %s', async (_name, lines) => {
    const directory = await checkoutOf(`[submodule "da_flask"]\n\tpath = da_flask\n\t${lines}\n`)
    const before = world.server.requests.length
    const error = await failure(exportOf(gitIn(directory), 'da_flask'))
    expect(error.code).toBe('GIT_FAILED')
    expect(error.finding.mend).not.toBe('')
    expect(error.message.length).toBeLessThan(1000)
    if (!lines.includes('etc')) expect(fetches()).toEqual([])
    const asked = world.server.requests.slice(before).map(request => request.path)
    expect(asked.filter(path => path.startsWith('/da_flask'))).toEqual([])
    for (const place of [directory, join(directory, 'da_flask'), scratch]) {
      await expect(lstat(join(place, 'pwned'))).rejects.toThrow()
    }
  })

  it.each(['protocol.allow', 'protocol.file.allow', 'protocol.ext.allow'])(
    'F34 refuses file:// and ext:: though the machine sets %s to always',
    async key => {
      const env = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: key, GIT_CONFIG_VALUE_0: 'always' }
      for (const url of [`file://${world.directory}/remotes/da_flask.git`, '"ext::sh -c touch% pwned"']) {
        const directory = await checkoutOf(`[submodule "da_flask"]\n\tpath = da_flask\n\turl = ${url}\n`)
        const error = await failure(exportOf(gitIn(directory, {}, env), 'da_flask'))
        expect(error.finding.expected).toMatch(/https:\/\/ or ssh:\/\/ URL/)
      }
    }
  )

  it('F34 refuses a local path that a rewritten URL leads to', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const remotes = join(world.directory, 'remotes')
    await runGit(directory, ['config', '--local', `url.${remotes}/.insteadOf`, `${world.server.url}/`])
    expect((await failure(exportOf(gitIn(directory), 'da_flask'))).message).toMatch(/transport 'file' not allowed/)
  })

  it.each(['../..', 'a/../../hooks', '..', '/x', '-x', 'a\\\\..\\\\b', '.git'])(
    'F34 refuses the name %s',
    async name => {
      const directory = await checkoutOf(`[submodule "${name}"]\n\tpath = da_flask\n\turl = ../da_flask.git\n`)
      const error = await failure(exportOf(gitIn(directory), 'da_flask'))
      expect(error.finding.expected).toMatch(/a plain submodule name/)
    }
  )

  it('F35 names the remote without its credentials where it does not answer', async () => {
    const url = 'http://octo:s3cr3t@127.0.0.1:1/x.git'
    const directory = await checkoutOf(`[submodule "da_flask"]\n\tpath = da_flask\n\turl = ${url}\n`)
    const error = await failure(exportOf(gitIn(directory), 'da_flask'))
    expect(error.message).toMatch(/^GIT_FAILED: .*127\.0\.0\.1/)
    expect(`${error.message}${String(error.cause)}`).not.toContain('s3cr3t')
  })

  it('F142 follows no [include], neither of .gitmodules nor of what it would name', async () => {
    const included = join(scratch, 'included.config')
    await writeFile(included, '[submodule "x"]\n\tpath = da_flask\n\turl = https://example.com/stolen.git\n')
    const directory = await checkoutOf(
      `[include]\n\tpath = ${included}\n[includeIf "gitdir:/"]\n\tpath = ${included}\n`
    )
    const error = await failure(exportOf(gitIn(directory), 'da_flask'))
    expect(error.finding).toMatchObject({ expected: expect.stringMatching(/a section in \.gitmodules/), found: 'none' })
    expect(fetches()).toEqual([])
  })

  it('F142 an [include] beside a good section neither helps nor harms', async () => {
    const section = '[submodule "da_flask"]\n\tpath = da_flask\n\turl = ../da_flask.git\n'
    const directory = await checkoutOf(`[include]\n\tpath = /dev/zero\n[include]\n\tpath = ../relative\n${section}`)
    expect((await exportOf(gitIn(directory), 'da_flask')).missing).toEqual([])
  })

  it('F142 a URL of 3 MB is refused by its size', async () => {
    const directory = await checkoutOf(
      `[submodule "da_flask"]\n\tpath = da_flask\n\turl = https://example.com/${'x'.repeat(3 * 1024 * 1024)}\n`
    )
    const error = await failure(exportOf(gitIn(directory), 'da_flask'))
    expect(error.finding.found).toMatch(/^\d+ bytes$/)
    expect(error.message.length).toBeLessThan(1000)
  })

  it('is no link to another file', async () => {
    await world.commitFiles({ '.gitmodules': { link: 'README.md' } }, { branch: 'linked', from: 'main' })
    await world.push('linked')
    const directory = await world.cloneForRun({ branch: 'main' })
    await runGit(directory, ['fetch', '-q', 'origin', 'linked'])
    // git itself refuses to check such a commit out.
    await runGit(directory, ['update-ref', '--no-deref', 'HEAD', 'FETCH_HEAD'])
    const error = await failure(exportOf(gitIn(directory), 'da_flask'))
    expect(error.finding.expected).toMatch(/a section in \.gitmodules/)
  })
})
