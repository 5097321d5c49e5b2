/** What a run does not ask is not loaded: a bundle that lacks it does the same. */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type ActionWorld, makeActionWorld, ownProcesses, sandboxAccount } from '../support/action-world.js'
import { push } from '../support/events.js'

const root = resolve(import.meta.dirname, '../..')
let world: ActionWorld
let head: string
let folder: string
beforeAll(async () => {
  world = await makeActionWorld({ steps: ownProcesses })
  folder = await mkdtemp(join(tmpdir(), 'bundle-'))
  const commit = await world.superproject.commitSubmodule('da_flask', { 'python/more.py': '1\n' })
  head = await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'test' })
  await world.superproject.push('test')
})
afterAll(async () => {
  await world.close()
  await rm(folder, { recursive: true })
})

/** A copy of the action without the chunks that hold one of `texts`. */
async function actionWithout(...texts: readonly string[]): Promise<string> {
  const copy = await mkdtemp(join(folder, 'copy-'))
  for (const name of ['action.yml', 'dist']) await cp(join(root, name), join(copy, name), { recursive: true })
  const chunks = (await readdir(join(copy, 'dist'))).filter(name => /^\d+\.index\.js$/.test(name))
  for (const name of chunks) {
    const text = await readFile(join(copy, 'dist', name), 'utf8')
    if (texts.some(each => text.includes(each))) await rm(join(copy, 'dist', name))
  }
  return copy
}

it.each<[string | null, 'success' | 'failure']>([
  [null, 'success'],
  [sandboxAccount, 'failure']
])(
  'detect with credentials of %s and without the chunks that speak to AWS and GitHub: %s',
  async (account, expected) => {
    const actionDirectory = await actionWithout('sts:GetCallerIdentity', 'octokit')
    const event = push({ branch: 'test', before: world.superproject.firstCommit, after: head })
    const run = await world.run({
      ...{ event, checkout: { branch: 'test', commit: head, depth: 0 }, account },
      ...{ inputs: { command: 'detect' }, options: { actionDirectory } }
    })
    expect(run.conclusion).toBe(expected)
    expect(run.outputs['changed-layers']).toBe(expected === 'success' ? '["da_flask"]' : '[]')
  }
)
