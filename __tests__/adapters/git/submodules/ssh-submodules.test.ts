import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { createGit } from '../../../../src/adapters/git/index.js'
import { processRunner } from '../../../../src/adapters/process/index.js'
import { makeSuperproject, type Superproject } from '../../../support/superproject.js'

let world: Superproject
beforeAll(async () => {
  world = await makeSuperproject()
})
afterAll(() => world.close())

it('submodules that are reached over SSH, as the commit says', async () => {
  const section = (name: string, url: string): string =>
    `[submodule "${name}"]\n\tpath = libs/${name}\n\turl = ${url}\n`
  const gitmodules = [
    section('b', 'git@github.com:org/b.git'),
    section('a', 'ssh://git@github.com/org/a.git'),
    section('c', 'https://github.com/org/c.git'),
    section('d', '../d.git'),
    section('e.f', 'org@host:e.git')
  ].join('')
  await world.commitFiles({ '.gitmodules': gitmodules }, { branch: 'ssh', from: 'main' })
  await world.push('ssh')
  const directory = await world.cloneForRun({ branch: 'ssh' })
  const git = createGit({ process: processRunner(), directory, scratchDirectory: world.directory })
  expect(await git.sshSubmodules(await git.headCommit())).toEqual(['libs/a', 'libs/b', 'libs/e.f'])
  await git.close()
})
