import { afterAll, describe, expect, it } from '@jest/globals'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { editablesAsWheels } from '../../../src/build-layers/install/editable-requirements.js'
import { scratchFolders, type Tree } from '../scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

async function rewritten(tree: Tree, ...files: string[]) {
  const source = scratch.make(tree)
  const built: string[] = []
  const place = {
    cwd: source,
    scratch: scratch.make(),
    wheelOf: (project: string, folder: string) => {
      built.push(readFileSync(join(project, 'name'), 'utf8'))
      writeFileSync(join(folder, `${built.at(-1) ?? ''}-1.0-py3-none-any.whl`), 'wheel')
      return Promise.resolve()
    }
  }
  const given = files.map(file => join(source, file))
  const results = await editablesAsWheels(given, place)
  return { given, results, built, texts: results.map(file => readFileSync(file, 'utf8')) }
}
const wheel = (name: string): RegExp => new RegExp(`${name} @ file:///.*/${name}-1.0-py3-none-any.whl`)

describe('F115 an editable requirement', () => {
  it.each([
    '-e ./libs/inner',
    '-e libs/inner  # ours',
    '--editable=libs/inner',
    '-elibs/inner',
    '--editable libs/inner/'
  ])('%s becomes a wheel', async line => {
    const { texts, built } = await rewritten(
      { 'requirements.txt': `six\n${line}\n`, 'libs/inner/name': 'inner' },
      'requirements.txt'
    )
    expect(built).toEqual(['inner'])
    expect(texts[0]).toMatch(/^six\n/)
    expect(texts[0]).toMatch(wheel('inner'))
    expect(texts[0]).not.toMatch(/-e|editable\b.*libs/)
  })

  it('keeps extras and conditions, and gives its digest where digests are given', async () => {
    const tree = {
      'requirements.txt': `six==1.17.0 \\\n  --hash=sha256:${'0'.repeat(64)}\n-e ./inner[fast,x] ; python_version > "3.9"\n`,
      'inner/name': 'inner'
    }
    expect((await rewritten(tree, 'requirements.txt')).texts[0]).toMatch(
      /inner\[fast,x\] @ file:\S+ ; python_version > "3.9" --hash=sha256:[0-9a-f]{64}\n/
    )
  })

  it('is found in files that are included, which stay included', async () => {
    const tree = {
      'requirements.txt': '-r more/base.txt\n-c more/limits.txt\n',
      'more/base.txt': '-e ./inner\n',
      'more/limits.txt': 'six<2\n',
      'inner/name': 'inner'
    }
    const { texts, built } = await rewritten(tree, 'requirements.txt')
    const [, base = '', limits = ''] = /^-r (\S+)\n-c (\S+)\n/.exec(texts[0] ?? '') ?? []
    expect(built).toEqual(['inner'])
    expect(readFileSync(base, 'utf8')).toMatch(wheel('inner'))
    expect(readFileSync(limits, 'utf8')).toContain('six<2')
  })

  it('of a repository is installed as what it is', async () => {
    const { texts } = await rewritten(
      { 'requirements.txt': '-e git+https://example.org/x.git@v1#egg=x\n' },
      'requirements.txt'
    )
    expect(texts[0]).toBe('git+https://example.org/x.git@v1#egg=x\n\n')
  })

  it('BUILD_FAILED where there is no such folder', async () => {
    await expect(rewritten({ 'requirements.txt': '-e ./gone\n' }, 'requirements.txt')).rejects.toThrow(
      /^BUILD_FAILED: .*gone/
    )
  })

  it('files without one stay as they are', async () => {
    const { given, results } = await rewritten({ 'requirements.txt': 'six\n./local\n' }, 'requirements.txt')
    expect(results).toEqual(given)
  })
})
