import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { processRunner } from '../../../src/adapters/process/index.js'
import { actionReference } from '../../../src/cli/session/remote.js'
import { runGit } from '../../support/git-process.js'

let root: string
let program: string
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'own-repository-')))
  await mkdir(join(root, 'action/dist/cli'), { recursive: true })
  program = join(root, 'action/dist/cli/index.js')
  await writeFile(program, '')
  await runGit(join(root, 'action'), ['init', '-q'])
  await runGit(join(root, 'action'), ['remote', 'add', 'origin', 'git@github.com:octo-org/layer-deploy-action.git'])
})
afterAll(() => rm(root, { recursive: true, force: true }))

it('the repository and commit that the program is checked out from, and only those', async () => {
  const process = processRunner()
  expect(await actionReference(process, program)).toBeNull()
  await runGit(join(root, 'action'), ['commit', '-q', '--allow-empty', '-m', 'x'])
  const commit = (await runGit(join(root, 'action'), ['rev-parse', 'HEAD'])).trim()
  const expected = expect.stringMatching(new RegExp(`^octo-org/layer-deploy-action@${commit} # v\\d`))
  expect(await actionReference(process, program)).toEqual(expected)
  await symlink(program, join(root, 'layer-deploy'))
  expect(await actionReference(process, join(root, 'layer-deploy'))).toEqual(expected)
  // Installed as a package below another repository: that one is not where the action comes from.
  const installed = join(root, 'action/node_modules/layer-deploy-action/dist/cli')
  await mkdir(installed, { recursive: true })
  await writeFile(join(installed, 'index.js'), '')
  expect(await actionReference(process, join(installed, 'index.js'))).toBeNull()
  expect(await actionReference(process, join(root, 'nowhere/dist/cli/index.js'))).toBeNull()
})
