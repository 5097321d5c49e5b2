import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Git } from '../../src/ports/git.js'
import { GitHubError, type GitHub } from '../../src/ports/github.js'
import { withHistory, repositoryOf, submoduleUrls } from '../../src/report/source-history.js'
import { layerResult, layerResults, runResult } from '../support/results.js'

const server = { serverUrl: 'https://github.com', repository: 'acme/superproject' }

describe('the repository of a submodule', () => {
  it.each([
    ['../da_flask.git', 'acme/da_flask'],
    ['../../other/da_flask', 'other/da_flask'],
    ['https://github.com/acme/da_flask.git', 'acme/da_flask'],
    ['https://user@GitHub.com/acme/da_flask/', 'acme/da_flask'],
    ['git@github.com:acme/da_flask.git', 'acme/da_flask'],
    ['ssh://git@github.com:22/acme/da_flask', 'acme/da_flask'],
    ['https://gitlab.com/acme/da_flask', null],
    ['https://github.com.evil.example/acme/da_flask', null],
    ['https://github.com/acme/group/da_flask', null],
    ['../..', null],
    ['/srv/da_flask.git', null]
  ])('%s is %s', (url, repository) => {
    expect(repositoryOf(url, server)).toBe(repository)
  })

  it('is read from .gitmodules', () => {
    const text =
      '[submodule "a"]\n\tpath = libs/a\n\turl = ../a.git\n[submodule "b"]\r\n  URL = "https://x/b"\r\n  path=b\r\n[x]\n'
    expect([...submoduleUrls(text)]).toEqual([
      ['libs/a', '../a.git'],
      ['b', 'https://x/b']
    ])
    fc.assert(fc.property(fc.string(), any => void submoduleUrls(`[submodule "a"]${any}`)))
  })
})

describe('the commits between', () => {
  const gitmodules = (count: number): string =>
    layerResults(count)
      .map(({ layerId }) => `[submodule "${layerId}"]\n path = ${layerId}\n url = ../${layerId}.git\n`)
      .join('')
  const ports = (count: number, calls: { made: number }, compare: GitHub['compare']) => ({
    ...server,
    git: {
      readFile: () => Promise.resolve(new TextEncoder().encode(gitmodules(count))),
      submoduleSubjects: (path: string) =>
        Promise.resolve(path.endsWith('0') ? { subjects: ['local'], total: 1 } : null)
    } as unknown as Git,
    github: { callsMade: () => calls.made, compare } as unknown as GitHub
  })

  it.each([1, 100, 1000])('of %d layers are asked of GitHub a bounded number of times', async count => {
    const calls = { made: 1 }
    const compare = () => {
      calls.made += 1
      return Promise.resolve({ subjects: ['remote'], total: 3 })
    }
    const result = runResult({ layers: layerResults(count) })
    const layers = result.layers.map(({ layerId }) => ({ id: layerId, path: layerId }))
    const { history = new Map<string, unknown>() } = await withHistory(result, layers, ports(count, calls, compare))
    expect(history.get('layer_00000')).toEqual({ repository: 'acme/layer_00000', subjects: ['local'], total: 1 })
    if (count > 1) expect(history.get('layer_00001')).toMatchObject({ subjects: ['remote'], total: 3 })
    expect(history.size).toBe(count)
    expect(calls.made).toBeLessThanOrEqual(8)
  })

  it('F69 that cannot be had are left out', async () => {
    const refuse = () => Promise.reject(new GitHubError('not-found', 'GET compare', null, 404, 'Not Found'))
    const result = runResult({ layers: [layerResult({ layerId: 'layer_00001' })] })
    const layers = [{ id: 'layer_00001', path: 'layer_00001' }]
    const { history } = await withHistory(result, layers, ports(2, { made: 0 }, refuse))
    expect(history).toEqual(new Map([['layer_00001', { repository: 'acme/layer_00001', subjects: null, total: null }]]))
  })
})
