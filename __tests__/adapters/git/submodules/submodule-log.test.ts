/** The subjects between two commits of a submodule, from its clone, with real git. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createGit } from '../../../../src/adapters/git/index.js'
import { processRunner } from '../../../../src/adapters/process/index.js'
import { makeSuperproject, type Superproject } from '../../../support/superproject.js'

let project: Superproject
let deep = ''
let shallow = ''
let bare = ''
const commits: string[] = []
const subjects = ['second: with "quotes" and é', 'third | ::warning::x', '-fourth']

beforeAll(async () => {
  project = await makeSuperproject()
  commits.push(project.firstSubmoduleCommits['da_flask'] ?? '')
  for (const subject of subjects) {
    commits.push(
      await project.commitSubmodule('da_flask', { 'python/x.py': `${commits.length}\n` }, `${subject}\n\nBody.`)
    )
  }
  await project.bumpSubmodule('da_flask', commits.at(-1) ?? '', { branch: 'test' })
  await project.push('test')
  deep = await project.cloneForRun({ branch: 'test', depth: 0, submodules: true })
  shallow = await project.cloneForRun({ branch: 'test', submodules: true })
  bare = await project.cloneForRun({ branch: 'test' })
})
afterAll(() => project.close())

function ask(directory: string, from: string, to: string, most = 10, path = 'da_flask') {
  const git = createGit({ process: processRunner(), directory, mask: () => undefined, scratchDirectory: directory })
  return git.submoduleSubjects(path, from, to, most)
}
const at = (index: number): string => commits[index] ?? ''

describe('submoduleSubjects', () => {
  it('are those between, newest first, as they are', async () => {
    expect(await ask(deep, at(0), at(3))).toEqual({ subjects: [...subjects].reverse(), total: 3 })
    expect(await ask(deep, at(1), at(2))).toEqual({ subjects: [subjects[1]], total: 1 })
  })

  it('no more than asked for, and the number of all', async () => {
    expect(await ask(deep, at(0), at(3), 2)).toEqual({ subjects: [subjects[2], subjects[1]], total: 3 })
  })

  it('none between a commit and itself', async () => {
    expect(await ask(deep, at(2), at(2))).toEqual({ subjects: [], total: 0 })
  })

  it.each([
    ['backwards', () => ask(deep, at(3), at(0))],
    ['in a clone too shallow to know', () => ask(shallow, at(0), at(3))],
    ['of a submodule that is not checked out', () => ask(bare, at(0), at(3))],
    ['of a folder that is no submodule', () => ask(deep, at(0), at(3), 10, '.github')],
    ['of a commit that does not exist', () => ask(deep, 'f'.repeat(40), at(3))]
  ])('cannot be told %s', async (_name, answer) => {
    expect(await answer()).toBeNull()
  })
})
