import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createGit } from '../../../src/adapters/git/index.js'
import { processRunner } from '../../../src/adapters/process/index.js'
import { prepareSource, type PreparedSource } from '../../../src/build-layers/source/checkout-source.js'
import { indexEntries, layerSource, watchedPaths } from '../../../src/detect-changes/source-digest.js'
import type { Layer } from '../../../src/model/index.js'
import { layer } from '../../detect-changes/builders.js'
import { snapshotOf } from '../../support/folder-snapshot.js'
import { runGit } from '../../support/git-process.js'
import { makeSuperproject, type Superproject } from '../../support/superproject.js'

let world: Superproject
let scratch: string
const flask = layer({ alsoWatch: ['constraints.txt'] })
const folder = layer({ id: 'folder', path: 'folder' })

beforeAll(async () => {
  world = await makeSuperproject({
    files: { 'folder/python/m.py': 'committed\n', 'folder/.gitignore': '*.pyc\n', 'a-link': { link: 'folder' } }
  })
})
beforeEach(async () => {
  scratch = await mkdtemp(join(world.directory, 'scratch-'))
})
afterAll(async () => {
  await world.close()
})

async function prepare(of: Layer, workspace: string, submodules: 'auto' | 'none' = 'auto'): Promise<PreparedSource> {
  const git = createGit({ process: processRunner(), directory: workspace, scratchDirectory: tmpdir() })
  const source = layerSource(of, indexEntries(await git.readEntries('HEAD', watchedPaths([of]))))
  return prepareSource(of, source, { git, workspace, destination: join(scratch, 'source'), submodules })
}
const files = async (directory: string): Promise<string[]> =>
  (await readdir(directory, { recursive: true, withFileTypes: true }))
    .filter(each => each.isFile() && !`${each.parentPath}/`.includes('/.git/'))
    .map(each => join(each.parentPath, each.name).slice(directory.length + 1))
    .sort()
const failures = (prepared: PreparedSource) =>
  prepared.verdicts.flatMap(each => (each.passed === false ? [[each.guard, each.subject, each.finding.found]] : []))

describe('prepareSource', () => {
  it('F94 fetches just the submodule that is built, and puts watched paths where they are in the superproject', async () => {
    const workspace = await world.cloneForRun({ branch: 'main' })
    const before = await snapshotOf(workspace)
    const prepared = await prepare(flask, workspace)
    expect(await snapshotOf(workspace)).toEqual(before)
    expect(failures(prepared)).toEqual([])
    expect(prepared.verdicts.map(each => each.guard)).toEqual(['SOURCE_NOT_CHECKED_OUT'])
    expect(prepared.warnings).toEqual([])
    expect(prepared.directory).toBe(join(scratch, 'source/da_flask'))
    expect(await files(prepared.directory)).toEqual([
      'README.md',
      'python/da_flask/__init__.py',
      'python/da_flask/app.py'
    ])
    expect(await readFile(join(prepared.directory, '../constraints.txt'), 'utf8')).toBe('flask==3.0.0\n')
  })

  it('uses a checkout made with `submodules: recursive` without asking the remote', async () => {
    const workspace = await world.cloneForRun({ branch: 'main', submodules: true })
    await runGit(workspace, ['remote', 'set-url', 'origin', 'http://127.0.0.1:1/gone.git'])
    for (const submodules of ['auto', 'none'] as const) {
      scratch = await mkdtemp(join(world.directory, 'scratch-'))
      const prepared = await prepare(flask, workspace, submodules)
      expect(failures(prepared)).toEqual([])
      expect(await files(prepared.directory)).toContain('python/da_flask/app.py')
    }
  })

  it('F29 a submodule that is not initialised is refused, never an empty layer', async () => {
    const prepared = await prepare(flask, await world.cloneForRun({ branch: 'main' }), 'none')
    expect(failures(prepared)).toEqual([
      ['SOURCE_NOT_CHECKED_OUT', 'da_flask', 'a submodule that is not checked out at it']
    ])
    await expect(readdir(prepared.directory)).rejects.toThrow()
  })

  it.each(['auto', 'none'] as const)(
    'F30 another commit checked out, `submodules: %s`: the gitlink is built',
    async how => {
      const workspace = await world.cloneForRun({ branch: 'main', submodules: true })
      const other = await world.commitSubmodule('da_flask', { 'python/new.py': '' })
      await runGit(join(workspace, 'da_flask'), ['fetch', '-q', 'origin', other])
      await runGit(join(workspace, 'da_flask'), ['checkout', '-q', other])
      await writeFile(join(workspace, 'da_flask/README.md'), 'dirty\n')
      const prepared = await prepare(flask, workspace, how)
      expect({ failures: failures(prepared), warnings: prepared.warnings }).toEqual({ failures: [], warnings: [] })
      expect(await files(prepared.directory)).not.toContain('python/new.py')
      expect(await readFile(join(prepared.directory, 'README.md'), 'utf8')).toBe('# da_flask\n')
    }
  )

  it.each([
    ['a changed file of the submodule', 'da_flask/README.md', flask],
    ['a new file in the submodule', 'da_flask/python/new.py', flask],
    ['a changed watched file', 'constraints.txt', flask],
    ['a changed file of the folder', 'folder/python/m.py', folder],
    ['a new file in the folder', 'folder/new', folder]
  ])('F30 %s is no part of the layer, and told', async (_name, path, of) => {
    const workspace = await world.cloneForRun({ branch: 'main', submodules: true })
    await writeFile(join(workspace, path), 'dirty\n')
    const prepared = await prepare(of, workspace)
    expect(failures(prepared)).toEqual([])
    expect(prepared.warnings).toEqual([expect.stringContaining(`${of.id}: ${JSON.stringify(path)} changed or new`)])
    for (const file of await files(prepared.directory)) {
      expect(await readFile(join(prepared.directory, file), 'utf8')).not.toBe('dirty\n')
    }
  })

  it('takes what is committed: ignored files and other changes of the workspace are not part of it', async () => {
    const workspace = await world.cloneForRun({ branch: 'main' })
    await writeFile(join(workspace, 'folder/python/m.pyc'), 'cache')
    await writeFile(join(workspace, 'constraints.txt'), 'changed')
    const prepared = await prepare(folder, workspace)
    expect(failures(prepared)).toEqual([])
    expect(await files(prepared.directory)).toEqual(['.gitignore', 'python/m.py'])
    await rm(join(workspace, 'folder'), { recursive: true })
    scratch = await mkdtemp(join(world.directory, 'scratch-'))
    expect(await files((await prepare(folder, workspace)).directory)).toEqual(['.gitignore', 'python/m.py'])
  })

  it('F90 a path below a submodule is a folder there, or refused: missing, a file, a link that leads out', async () => {
    const commit = await world.commitSubmodule('da_flask', {
      'libs/deep/python/deep.py': '1\n',
      link: { link: '/' },
      inner: { link: 'libs' }
    })
    await world.bumpSubmodule('da_flask', commit, { branch: 'below', from: 'main' })
    await world.push('below')
    const workspace = await world.cloneForRun({ branch: 'below' })
    const below = async (path: string): Promise<PreparedSource> => {
      scratch = await mkdtemp(join(world.directory, 'scratch-'))
      return prepare(layer({ path: `da_flask/${path}` }), workspace)
    }
    const deep = await below('libs/deep')
    expect(failures(deep)).toEqual([])
    expect(await files(deep.directory)).toEqual(['python/deep.py'])
    for (const path of ['nowhere', 'README.md', 'link', 'link/etc', 'inner/deep']) {
      expect(failures(await below(path))).toEqual([['SOURCE_NOT_CHECKED_OUT', 'da_flask', expect.any(String)]])
    }
  })

  it('brings the submodules inside a folder that is a layer', async () => {
    const commit = world.firstSubmoduleCommits['da_framework']!
    const gitmodules = '[submodule "inner"]\n\tpath = folder/inner\n\turl = ../da_framework.git\n'
    await world.commitFiles(
      { '.gitmodules': gitmodules, 'folder/inner': { gitlink: commit } },
      { branch: 'inner', from: 'main' }
    )
    await world.push('inner')
    const workspace = await world.cloneForRun({ branch: 'inner' })
    expect(failures(await prepare(folder, workspace, 'none'))).toHaveLength(1)
    const prepared = await prepare(folder, workspace)
    expect(failures(prepared)).toEqual([])
    expect(await files(prepared.directory)).toContain('inner/python/da_framework/core.py')
  })

  it('F100 a submodule inside a submodule is fetched with it, and with `submodules: none` refused', async () => {
    const commit = world.firstSubmoduleCommits['da_framework']!
    const inner = {
      '.gitmodules': '[submodule "i"]\n\tpath = i\n\turl = ../da_framework.git\n',
      i: { gitlink: commit }
    }
    const outer = await world.commitSubmodule('da_flask', inner)
    await world.bumpSubmodule('da_flask', outer, { branch: 'nested', from: 'main' })
    await world.push('nested')
    const prepared = await prepare(flask, await world.cloneForRun({ branch: 'nested' }))
    expect(failures(prepared)).toEqual([])
    expect(await files(prepared.directory)).toContain('i/python/da_framework/core.py')
    scratch = await mkdtemp(join(world.directory, 'scratch-'))
    const refused = await prepare(flask, await world.cloneForRun({ branch: 'nested', submodules: true }), 'none')
    expect(refused.verdicts).toMatchObject([
      { passed: false, finding: { expected: `commit ${commit} in the submodule da_flask/i` } }
    ])
  })

  it('F96 tells which files are Git LFS pointers', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 5\n`
    const lfs = { '.gitattributes': '*.bin filter=lfs\n', 'folder/python/x.bin': pointer }
    await world.commitFiles(lfs, { branch: 'lfs', from: 'main' })
    await world.push('lfs')
    const prepared = await prepare(folder, await world.cloneForRun({ branch: 'lfs' }))
    expect(prepared.warnings).toEqual([expect.stringMatching(/^folder: "folder\/python\/x.bin": Git LFS pointers/)])
  })

  it.each([
    ['nothing', 'nowhere', 'nothing there in the commit'],
    ['a file', 'constraints.txt', 'a file or a symbolic link'],
    ['a link', 'a-link', 'a file or a symbolic link']
  ])('refuses %s at the path', async (_name, path, found) => {
    const prepared = await prepare(layer({ path }), await world.cloneForRun({ branch: 'main' }))
    expect(failures(prepared)).toEqual([['SOURCE_NOT_CHECKED_OUT', 'da_flask', found]])
  })
})
