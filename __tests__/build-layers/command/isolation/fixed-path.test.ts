/** Where there are no namespaces the folders of a build move to their fixed paths, and back whatever happens. */
import { afterAll, afterEach, describe, expect, it } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { processRunner } from '../../../../src/adapters/process/index.js'
import {
  buildPlace,
  fixedFolders,
  type PlaceRequest
} from '../../../../src/build-layers/command/isolation/build-place.js'
import { gatheringPlace } from '../../../../src/build-layers/command/isolation/enter.js'
import type { ProcessRunner } from '../../../../src/ports/process.js'
import { scratchFolders } from '../../scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

/** A layer of this process alone: other tests build beside. */
const layerId = `fixed_path_${process.pid}`
const place = join(gatheringPlace, layerId)
const lockFile = `${place}.lock`
afterEach(() => {
  rmSync(place, { recursive: true, force: true })
  rmSync(lockFile, { force: true })
})

const inPlace = (folders: Readonly<Record<string, string>>): Promise<ProcessRunner> => {
  const request: PlaceRequest = {
    isolation: { kind: 'none', why: 'a test' },
    fixed: fixedFolders(layerId, folders),
    named: [],
    sees: () => true,
    job: { PATH: process.env['PATH'] },
    checkout: undefined
  }
  return buildPlace(request, processRunner())
}
const script = (folder: string, text: string) => ({
  argv: ['sh', '-c', text, 'sh', join(folder, 'out')] as const,
  cwd: folder,
  env: { PLACE: folder },
  timeoutSeconds: 60
})
const text = (stdout: Uint8Array): readonly string[] => Buffer.from(stdout).toString().trim().split('\n')

describe('F131 a build at its fixed path, without namespaces', () => {
  it('sees the same paths in its directory, arguments and variables wherever the folder lies', async () => {
    const seen: (readonly string[])[] = []
    for (const folder of [scratch.make(), scratch.make()]) {
      const placed = await inPlace({ source: folder })
      const { stdout } = await placed.run(script(folder, 'pwd -P; echo "$1"; echo "$PLACE"; echo made > "$1"'))
      seen.push(text(stdout))
      expect(lstatSync(folder).isDirectory()).toBe(true)
      expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('made\n')
    }
    const at = join(place, 'source')
    expect(seen).toEqual([
      [at, join(at, 'out'), at],
      [at, join(at, 'out'), at]
    ])
    expect([existsSync(join(place, 'source')), existsSync(lockFile)]).toEqual([false, false])
  })

  it('what still knows the folder by its own path finds it there', async () => {
    const folder = scratch.make({ 'a.txt': 'a' })
    const placed = await inPlace({ source: folder })
    const hidden = Buffer.from(`${folder}/a.txt`).toString('base64')
    const { stdout } = await placed.run(script(folder, `cat "$(echo ${hidden} | base64 -d)"`))
    expect(text(stdout)).toEqual(['a'])
  })

  it('is back after a command that fails or does not exist', async () => {
    const folder = scratch.make({ 'a.txt': 'a' })
    const placed = await inPlace({ source: folder })
    expect((await placed.run(script(folder, 'exit 3'))).exitCode).toBe(3)
    await expect(placed.run({ argv: ['no-such-program-here'], cwd: folder })).rejects.toThrow()
    expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('a')
    expect([lstatSync(folder).isSymbolicLink(), existsSync(lockFile)]).toEqual([false, false])
  })

  it('two builds of one layer take turns', async () => {
    const [first, second, log] = [scratch.make(), scratch.make(), scratch.make()]
    const steps = `echo in >> ${log}/log; sleep 0.3; echo out >> ${log}/log`
    await Promise.all(
      [first, second].map(async folder => (await inPlace({ source: folder })).run(script(folder, steps)))
    )
    expect(readFileSync(join(log, 'log'), 'utf8')).toBe('in\nout\nin\nout\n')
  })

  it('what a killed run left is taken away', async () => {
    mkdirSync(join(place, 'source'), { recursive: true })
    writeFileSync(join(place, 'source', 'old.txt'), 'old')
    writeFileSync(lockFile, String(spawnSync('true').pid))
    const folder = scratch.make()
    const placed = await inPlace({ source: folder })
    expect(text((await placed.run(script(folder, 'pwd -P; ls'))).stdout)).toEqual([join(place, 'source')])
  })

  it('a folder that cannot be moved is built where it is', async () => {
    const folder = scratch.make()
    // A file where the folder of the layer should be.
    mkdirSync(gatheringPlace, { recursive: true })
    writeFileSync(place, '')
    const placed = await inPlace({ source: folder })
    expect(text((await placed.run(script(folder, 'pwd -P; echo "$1"'))).stdout)).toEqual([folder, join(folder, 'out')])
    expect(existsSync(lockFile)).toBe(false)
  })
})
