import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { configAt, loadConfig } from '../../../src/config/read/config-file.js'
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
  return { readFile } as unknown as Git
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

describe('configAt', () => {
  const loaded = async (config = '.github/layer-deploy.yml', below = '') => {
    await write(config, configText())
    return loadConfig(placeOf(config, below))
  }

  it('reads the file at the revision, from the root of the superproject', async () => {
    const asked: string[] = []
    const before = configText({ layers: { older: '{ path: older }' } })
    const git = repository({ 'ci/layers.yml': before }, asked)
    const config = await configAt(git, 'abc', await loaded('super/ci/layers.yml', 'super'))
    expect(config?.layers.map(({ id }) => id)).toEqual(['older'])
    expect(asked).toEqual(['abc:ci/layers.yml'])
  })

  it('is the same where the text is', async () => {
    const now = await loaded()
    expect(await configAt(repository({ '.github/layer-deploy.yml': configText() }), 'abc', now)).toBe(now.config)
  })

  it('is null where there was none, or one that nobody could read today', async () => {
    const now = await loaded()
    expect(await configAt(repository({}), 'abc', now)).toBeNull()
    for (const broken of ['version: 2\n', '', Buffer.from([0xff])]) {
      expect(await configAt(repository({ '.github/layer-deploy.yml': broken }), 'abc', now)).toBeNull()
    }
  })

  it('is null for a file beside the superproject, which it does not keep', async () => {
    const asked: string[] = []
    expect(await configAt(repository({}, asked), 'abc', await loaded('layers.yml', 'super'))).toBeNull()
    expect(asked).toEqual([])
  })

  it('passes on what git says', async () => {
    const git = { readFile: () => Promise.reject(new Error('git is gone')) } as unknown as Git
    const now = await loaded()
    await expect(configAt(git, 'abc', now)).rejects.toThrow('git is gone')
  })
})
