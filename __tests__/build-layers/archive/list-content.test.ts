import { afterAll, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { listContent } from '../../../src/build-layers/archive/list-content.js'
import { scratchFolders } from '../scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})
const paths = async (root: string, exclude: readonly string[] = []): Promise<readonly string[]> =>
  (await listContent(root, exclude)).map(({ path }) => path)

describe('listContent', () => {
  it('sorts by the bytes of the UTF-8 paths', async () => {
    // U+FF5E comes before U+1F600 in UTF-8, and after it in UTF-16.
    const names = ['b', 'B', 'a/z', 'a.py', 'a-b', 'ä', '\u{ff5e}', '\u{1f600}', 'a/\u{1f600}', 'a/\u{ff5e}']
    const root = scratch.make(Object.fromEntries(names.map(name => [name, ''])))
    const byBytes = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    expect(await paths(root)).toEqual(byBytes)
    expect(byBytes).not.toEqual([...names].sort())
  })

  it('leaves out .git as folder and as file, at every depth, and empty folders', async () => {
    const root = scratch.make({
      '.git/config': '',
      'python/x.py': '',
      'python/sub/.git': 'gitdir: ../x',
      '.gitignore': ''
    })
    mkdirSync(join(root, 'empty/deeper'), { recursive: true })
    expect(await paths(root)).toEqual(['.gitignore', 'python/x.py'])
  })

  it('leaves out what a glob matches: files, whole folders, names with a dot', async () => {
    const root = scratch.make({
      'python/a/tests/test_a.py': '',
      'python/a/tests/.hidden/x': '',
      'python/a/a.py': '',
      'python/a/a.pyc': '',
      'python/.cache/x.pyc': '',
      'docs/index.md': ''
    })
    expect(await paths(root, ['**/tests/**', '**/*.pyc', 'docs'])).toEqual(['python/a/a.py'])
  })

  it('takes only the owner execute bit from the mode', async () => {
    const root = scratch.make({ a: '', b: '', c: '', d: '' })
    for (const [name, mode] of Object.entries({ a: 0o600, b: 0o700, c: 0o677, d: 0o777 }))
      chmodSync(join(root, name), mode)
    const entries = await listContent(root)
    expect(entries.map(entry => entry.kind === 'file' && entry.executable)).toEqual([false, true, false, true])
  })

  it('keeps links as links and does not walk through them', async () => {
    const root = scratch.make({ 'real/x': '1', alias: { link: 'real' }, gone: { link: 'nothing' } })
    expect((await listContent(root)).filter(({ kind }) => kind === 'symlink')).toEqual([
      { kind: 'symlink', path: 'alias', target: 'real' },
      { kind: 'symlink', path: 'gone', target: 'nothing' }
    ])
    expect(await paths(root)).toEqual(['alias', 'gone', 'real/x'])
  })

  it('F37 lists FIFO, socket and device as refused, unless excluded', async () => {
    const root = scratch.make({ 'python/x.py': '' })
    execFileSync('mkfifo', [join(root, 'fifo')])
    const server = createServer()
    await new Promise<void>(resolve => server.listen(join(root, 'socket'), resolve))
    try {
      const refused = (await listContent(root)).filter(({ kind }) => kind === 'refused')
      expect(refused).toEqual([
        { kind: 'refused', path: 'fifo', why: 'it is a FIFO' },
        { kind: 'refused', path: 'socket', why: 'it is a socket' }
      ])
      expect(await paths(root, ['fifo', 'socket'])).toEqual(['python/x.py'])
    } finally {
      await new Promise(resolve => server.close(resolve))
    }
    expect((await listContent('/dev', ['!(null)'])).find(({ path }) => path === 'null')).toEqual({
      kind: 'refused',
      path: 'null',
      why: 'it is a device'
    })
  })

  it('F32 refuses names that are not UTF-8', async () => {
    const root = scratch.make()
    writeFileSync(Buffer.concat([Buffer.from(`${root}/bad-`), Buffer.from([0xff, 0xfe])]), '')
    expect(await listContent(root)).toEqual([
      { kind: 'refused', path: 'bad-\ufffd\ufffd', why: 'its name is not UTF-8' }
    ])
  })
})
