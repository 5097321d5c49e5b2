import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NotPlainFile, readPlainFile, readPlainFileSync } from '../../src/ports/plain-file.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plain-file-'))
  await writeFile(join(folder, 'text'), 'x'.repeat(100_000))
  execFileSync('mkfifo', [join(folder, 'fifo')])
})
afterAll(() => rm(folder, { recursive: true }))

const readers = [
  ['readPlainFile', readPlainFile],
  ['readPlainFileSync', (path: string, bytes: number) => Promise.resolve().then(() => readPlainFileSync(path, bytes))]
] as const

describe.each(readers)('F141 %s', (_name, read) => {
  const failure = async (path: string, bytes: number): Promise<unknown> => {
    try {
      await read(path, bytes)
      return null
    } catch (error) {
      return error
    }
  }

  it('reads up to the bound, and no byte more', async () => {
    expect((await read(join(folder, 'text'), 100_000)).length).toBe(100_000)
    const error = await failure(join(folder, 'text'), 99_999)
    expect(error).toBeInstanceOf(NotPlainFile)
    expect(error).toMatchObject({ code: 'EFBIG', message: 'more than 99999 bytes' })
  })

  it('does not trust the size that the system tells: a file of /proc says 0', async () => {
    if (process.platform !== 'linux') return
    expect(await failure('/proc/self/maps', 10)).toMatchObject({ code: 'EFBIG' })
  })

  it('neither waits for a FIFO nor reads a device', async () => {
    expect(await failure(join(folder, 'fifo'), 10)).toMatchObject({ code: 'ENOTSUP' })
    expect(await failure('/dev/zero', 10)).toMatchObject({ code: 'ENOTSUP' })
  })

  it('passes on what the system says', async () => {
    expect(await failure(join(folder, 'gone'), 10)).toMatchObject({ code: 'ENOENT' })
    expect(await failure(folder, 10)).toMatchObject({ code: 'EISDIR' })
  })
})
