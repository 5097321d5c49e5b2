import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { runGit } from '../../support/git-process.js'
import { exampleConfig, makeSuperproject, type Superproject } from '../../support/superproject.js'

const token = 'ghs_EXAMPLE'
let project: Superproject
let bumped = { flask: '', superproject: '' }

beforeAll(async () => {
  project = await makeSuperproject({ token })
  const flask = await project.commitSubmodule('da_flask', { 'python/da_flask/new.py': 'x = 1\n' })
  bumped = { flask, superproject: await project.bumpSubmodule('da_flask', flask, { branch: 'test' }) }
  await project.push('test')
})
afterAll(() => project.close())

describe('makeSuperproject', () => {
  it('gives the same commit ids everywhere', () => {
    expect(project.firstSubmoduleCommits).toEqual({
      da_flask: 'ed4a040026f2f180d87e6a82010c1dbde0bc3c6c',
      da_framework: 'e51f3b276e7cd09fdf7acf5faa858fedd928b896'
    })
    expect(project.firstCommit).toBe('38e18b3437c8a90502893062e90228621b9d8731')
  })

  it('moves one gitlink and nothing else', async () => {
    const diff = await project.git(
      'diff-tree',
      '-r',
      '--ignore-submodules=none',
      project.firstCommit,
      bumped.superproject
    )
    expect(diff).toBe(`:160000 160000 ${project.firstSubmoduleCommits['da_flask']} ${bumped.flask} M\tda_flask`)
  })

  it('commits links, executables, removals, and names that need quoting', async () => {
    const files = {
      'a "b"\n\\c é': 'text',
      run: { executable: '#!/bin/sh\n' },
      link: { link: 'run' },
      'README.md': null
    }
    const commit = await project.commitFiles(files, { branch: 'odd', from: 'main' })
    const entries = (await project.git('ls-tree', '-z', commit)).split('\0').filter(Boolean)
    const modes = new Map(entries.map(entry => [entry.split('\t')[1], entry.split(' ')[0]]))
    const changed = ['a "b"\n\\c é', 'run', 'link', 'da_flask', 'README.md']
    expect(changed.map(path => modes.get(path))).toEqual(['100644', '100755', '120000', '160000', undefined])
  })

  it('merges a branch, and rewrites one by force', async () => {
    const merge = await project.mergeBranch('test', 'main')
    expect(await project.git('rev-parse', `${merge}^1`, `${merge}^2`)).toBe(
      `${project.firstCommit}\n${bumped.superproject}`
    )
    expect(await project.push('main')).toBe(merge)
    await project.commitFiles({ a: '1' }, { branch: 'rewritten', from: 'test' })
    await project.push('rewritten')
    const rewritten = await project.commitFiles({ a: '2' }, { branch: 'rewritten', from: project.firstCommit })
    expect(await project.push('rewritten')).toBe(rewritten)
    expect(
      await runGit(project.directory, ['ls-remote', join(project.directory, 'remotes/superproject.git'), 'rewritten'])
    ).toMatch(rewritten)
  })
})

describe('cloneForRun', () => {
  const git = (folder: string, ...args: string[]) => runGit(folder, args)

  it('leaves a branch at depth 1, the submodules empty, and the credentials', async () => {
    const folder = await project.cloneForRun({ branch: 'test' })
    expect(await git(folder, 'rev-parse', 'HEAD', '--abbrev-ref', 'HEAD')).toBe(`${bumped.superproject}\ntest`)
    expect(await git(folder, 'rev-list', '--count', 'HEAD')).toBe('1')
    expect(await readdir(join(folder, 'da_flask'))).toEqual([])
    expect(await git(folder, 'status', '--porcelain')).toBe('')
    expect(await git(folder, 'config', `http.${project.server.url}/.extraheader`)).toMatch(/^AUTHORIZATION: basic /)
    expect(await readFile(join(folder, '.github/layer-deploy.yml'), 'utf8')).toBe(exampleConfig)
  })

  it('leaves the credentials in an included file if asked', async () => {
    const folder = await project.cloneForRun({ branch: 'test', submodules: true, credentials: 'included-file' })
    const key = `http.${project.server.url}/.extraheader`
    expect(await git(folder, 'config', key)).toMatch(/^AUTHORIZATION: basic /)
    await expect(git(folder, 'config', '--local', key)).rejects.toThrow()
  })

  it('fetches an older commit by id, and checks it out as the branch or detached', async () => {
    const older = await project.cloneForRun({ branch: 'test', commit: project.firstCommit })
    expect(await git(older, 'rev-parse', 'HEAD', '--abbrev-ref', 'HEAD')).toBe(`${project.firstCommit}\ntest`)
    const detached = await project.cloneForRun({ commit: project.firstCommit })
    expect(await git(detached, 'rev-parse', 'HEAD', '--abbrev-ref', 'HEAD')).toBe(`${project.firstCommit}\nHEAD`)
  })

  it('checks out a pull request merge, and a tag', async () => {
    const request = await project.openPullRequest(7, 'test', 'main')
    const merge = await project.cloneForRun({ ref: 'refs/pull/7/merge', depth: 2 })
    expect(await git(merge, 'rev-parse', 'HEAD', 'HEAD^1', 'HEAD^2')).toBe(
      `${request.merge}\n${request.base}\n${request.head}`
    )
    await project.git('tag', 'v1', project.firstCommit)
    await project.push('v1')
    const tag = await project.cloneForRun({ ref: 'refs/tags/v1' })
    expect(await git(tag, 'rev-parse', 'HEAD')).toBe(project.firstCommit)
  })

  it('checks out everything at depth 0, with the submodules if asked', async () => {
    const folder = await project.cloneForRun({ branch: 'test', depth: 0, submodules: true })
    expect(await git(folder, 'rev-parse', '--is-shallow-repository')).toBe('false')
    expect(existsSync(join(folder, 'da_flask/python/da_flask/new.py'))).toBe(true)
    expect(await git(folder, 'status', '--porcelain')).toBe('')
  })
})

describe('the git server', () => {
  it('refuses whoever has not the token', async () => {
    await expect(runGit(project.directory, ['ls-remote', project.url])).rejects.toThrow(
      /terminal prompts disabled|Authentication/
    )
    const wrong = ['-c', 'http.extraheader=AUTHORIZATION: basic d3Jvbmc6d3Jvbmc=', 'ls-remote', project.url]
    await expect(runGit(project.directory, wrong)).rejects.toThrow()
    expect(project.server.requests.filter(({ status }) => status === 401).length).toBeGreaterThanOrEqual(2)
  })

  it('answers what it is told to: a status, or nothing', async () => {
    const broken = await makeSuperproject({
      submodules: {},
      fault: path => (path.includes('superproject') ? 503 : null)
    })
    await expect(runGit(broken.directory, ['ls-remote', broken.url])).rejects.toThrow('503')
    await broken.close()
    const hanging = await makeSuperproject({ submodules: {}, fault: () => 'hang' })
    await expect(fetch(hanging.url, { signal: AbortSignal.timeout(300) })).rejects.toThrow('timeout')
    await hanging.close()
  })

  it('does not give out a commit that it has not', async () => {
    await expect(project.cloneForRun({ commit: 'f'.repeat(40) })).rejects.toThrow('not our ref')
  })
})
