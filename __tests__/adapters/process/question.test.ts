import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processRunner } from '../../../src/adapters/process/index.js'
import { CommandFailed, type Command } from '../../../src/ports/process.js'

let folder = ''
const ask = (argv: Command['argv'], more: Partial<Command> = {}) =>
  processRunner().run({ argv, isQuestion: true, ...more })
async function reasonOf(answer: Promise<unknown>): Promise<CommandFailed['reason'] | null> {
  try {
    await answer
    return null
  } catch (error) {
    if (error instanceof CommandFailed) return error.reason
    throw error
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'a question '))
  await writeFile(join(folder, 'tool'), '#!/bin/sh\necho "v$1 $SEEN${HIDDEN:-}"; echo wrong >&2; exit 3\n')
  await chmod(join(folder, 'tool'), 0o755)
})
afterAll(() => rm(folder, { recursive: true }))

describe('a short question', () => {
  it('is answered with exit code and output, in the environment that it is given', async () => {
    process.env['HIDDEN'] = 'secret'
    try {
      const inherit = (name: string): boolean => name === 'PATH'
      const answer = await ask([join(folder, 'tool'), '1 "2"'], { inherit, env: { SEEN: 'yes' } })
      expect(answer).toMatchObject({ exitCode: 3, stderr: 'wrong\n' })
      expect(Buffer.from(answer.stdout).toString()).toBe('v1 "2" yes\n')
    } finally {
      Reflect.deleteProperty(process.env, 'HIDDEN')
    }
  })

  it('has a reason where there is no exit code', async () => {
    expect(await reasonOf(ask(['no-such-program-here']))).toBe('not-found')
    expect(await reasonOf(ask(['node', '--version'], { cwd: join(folder, 'gone') }))).toBe('not-started')
    expect(await reasonOf(ask(['sleep', '3'], { timeoutSeconds: 0.2 }))).toBe('timed-out')
  })
})
