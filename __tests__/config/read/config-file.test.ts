import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { configAtRevision, loadConfig, placesIn } from '../../../src/config/read/config-file.js'
import type { Git } from '../../../src/ports/git.js'
import { configText } from '../../bundle/config-text.js'

let workspace = ''
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'config-file-'))
})
afterAll(() => rm(workspace, { recursive: true }))

const placeOf = (config: string, below = '') => ({ config, directory: join(workspace, below), workspace })
async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(workspace, path)), { recursive: true })
  await writeFile(join(workspace, path), content)
}
/** A repository that holds these files at every revision. */
function repository(files: Readonly<Record<string, string | Uint8Array>>, asked: string[] = []): Git {
  const readFile = (revision: string, path: string) => {
    asked.push(`${revision}:${path}`)
    const content = files[path]
    return Promise.resolve(content === undefined ? null : Buffer.from(content))
  }
  return { readFile, holdsPath: () => Promise.resolve(false) } as unknown as Git
}

describe('loadConfig', () => {
  it('reads the file of the workspace', async () => {
    await write('.github/layer-deploy.yml', configText())
    const { config, text } = await loadConfig(placeOf('.github/layer-deploy.yml'))
    expect(config.layers.map(({ id }) => id)).toEqual(['da_flask'])
    expect(text).toBe(configText())
  })

  it('F1 names the path that does not exist, and the mend', async () => {
    await expect(loadConfig(placeOf('nowhere.yml'))).rejects.toThrow(
      /^CONFIG_NOT_FOUND: Expected a configuration at nowhere\.yml, found no such file\. To fix: check the repository out/
    )
  })

  it('F1 says what else is wrong with the path', async () => {
    await mkdir(join(workspace, 'folder.yml'), { recursive: true })
    await expect(loadConfig(placeOf('folder.yml'))).rejects.toThrow(/^CONFIG_NOT_FOUND: .*EISDIR/)
  })

  it('F2 has line and column of what is no UTF-8', async () => {
    await write('bytes.yml', Buffer.concat([Buffer.from('version: 1\nx: '), Buffer.from([0xff])]))
    await expect(loadConfig(placeOf('bytes.yml'))).rejects.toThrow(/^bytes\.yml:2:4: CONFIG_INVALID: Expected UTF-8/)
  })

  it('F3 has line and column of a mistake', async () => {
    await write('mistake.yml', configText().replace('stage: dev', 'stag: dev'))
    await expect(loadConfig(placeOf('mistake.yml'))).rejects.toThrow(/^mistake\.yml:5:5: CONFIG_INVALID: /)
  })
})

describe('F141 a configuration is a plain file inside the workspace', () => {
  it('a link that stays inside is followed, one that leads out is refused', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'))
    await writeFile(join(outside, 'evil.yml'), configText())
    await write('real.yml', configText())
    await symlink('real.yml', join(workspace, 'inside.yml'))
    await symlink(join(outside, 'evil.yml'), join(workspace, 'leads-out.yml'))
    await symlink(outside, join(workspace, 'folder-out'))
    await symlink('/dev/zero', join(workspace, 'zero.yml'))
    expect((await loadConfig(placeOf('inside.yml'))).config.layers).toHaveLength(1)
    for (const path of ['leads-out.yml', 'folder-out/evil.yml', 'zero.yml']) {
      await expect(loadConfig(placeOf(path))).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
        location: { file: path }
      })
    }
    await rm(outside, { recursive: true })
  })

  it('a workspace that is itself a link is none', async () => {
    await write('real/.github/layer-deploy.yml', configText())
    await symlink('real', join(workspace, 'linked'))
    const linked = join(workspace, 'linked')
    const place = { config: '.github/layer-deploy.yml', directory: linked, workspace: linked }
    expect((await loadConfig(place)).config.layers).toHaveLength(1)
  })

  it('a FIFO is refused at once, and a file over the bound is read no further', async () => {
    execFileSync('mkfifo', [join(workspace, 'fifo.yml')])
    await expect(loadConfig(placeOf('fifo.yml'))).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    // Sparse: 40 GB on no disk at all.
    await write('huge.yml', '')
    await truncate(join(workspace, 'huge.yml'), 40 * 2 ** 30)
    const before = process.memoryUsage().rss
    await expect(loadConfig(placeOf('huge.yml'))).rejects.toThrow(/huge\.yml:1:1: CONFIG_INVALID: .*1000001 bytes/)
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20)
  })
})

describe('configAtRevision', () => {
  const loaded = async (config = '.github/layer-deploy.yml', below = '') => {
    await write(config, configText())
    return loadConfig(placeOf(config, below))
  }

  it('reads the file at the revision, from the root of the superproject', async () => {
    const asked: string[] = []
    const before = configText({ layers: { older: '{ path: older }' } })
    const git = repository({ 'ci/layers.yml': before }, asked)
    const found = await configAtRevision(git, 'abc', await loaded('super/ci/layers.yml', 'super'))
    expect(found.kind === 'read' && found.config.layers.map(({ id }) => id)).toEqual(['older'])
    expect(asked).toEqual(['abc:ci/layers.yml'])
  })

  it('F91 reads one above the working directory', async () => {
    const git = repository({ '../.github/layer-deploy.yml': configText() })
    expect(await configAtRevision(git, 'abc', await loaded('.github/layer-deploy.yml', 'below'))).toMatchObject({
      kind: 'read'
    })
  })

  it('is the same where the text is', async () => {
    const now = await loaded()
    const git = repository({ '.github/layer-deploy.yml': configText() })
    const found = await configAtRevision(git, 'abc', now)
    expect(found.kind === 'read' && found.config).toBe(now.config)
  })

  it('F92 tells what there was none of from what nobody could read today', async () => {
    const now = await loaded()
    expect(await configAtRevision(repository({}), 'abc', now)).toEqual({ kind: 'absent' })
    for (const broken of ['version: 2\n', '', Buffer.from([0xff])]) {
      const git = repository({ '.github/layer-deploy.yml': broken })
      expect(await configAtRevision(git, 'abc', now)).toEqual({ kind: 'unreadable' })
    }
  })

  it('a file beside the superproject has no revisions there', async () => {
    expect(await configAtRevision(repository({}), 'abc', await loaded('layers.yml', 'super'))).toEqual({
      kind: 'elsewhere'
    })
  })

  it('passes on what git says', async () => {
    const git = { readFile: () => Promise.reject(new Error('git is gone')) } as unknown as Git
    const now = await loaded()
    await expect(configAtRevision(git, 'abc', now)).rejects.toThrow('git is gone')
  })
})

it('says where a value stands in what was read', async () => {
  await write('placed.yml', configText())
  const placeIn = placesIn(await loadConfig(placeOf('placed.yml')))
  const { line, column } = await placeIn(['layers', 'da_flask', 'path'])
  const written = configText()
    .split('\n')
    .at(line - 1)
  expect(written?.slice(column - 1)).toMatch(/^da_flask/)
  expect(await placeIn(['version'])).toEqual({ file: 'placed.yml', line: 1, column: 10 })
})
