import { describe, expect, it } from '@jest/globals'
import type { GitHub } from '../../../src/ports/github.js'
import { cannedForEach } from './canned-github.js'
import { connectTo, emulatorForEach, failureOf, sha } from './emulated.js'

const emulator = emulatorForEach()
const cannedGitHub = cannedForEach()
const operations = () => emulator().calls.map(({ operation }) => operation)

describe('a branch is protected', () => {
  it.each<[string, { readonly protected?: boolean; readonly rules?: readonly string[] }, boolean, number]>([
    ['by the older kind', { protected: true }, true, 1],
    ['by a ruleset', { rules: ['deletion'] }, true, 2],
    ['by nothing', {}, false, 2]
  ])('%s', async (_name, part, expected, calls) => {
    Object.assign(emulator().seed.branch('main', sha), part)
    expect(await connectTo(emulator().url).branchProtected('main')).toBe(expected)
    expect(operations()).toEqual(['repos/get-branch', 'repos/get-branch-rules'].slice(0, calls))
  })

  it('one that is not there is neither', async () => {
    expect(await connectTo(emulator().url).branchProtected('main')).toBeNull()
    expect(operations()).toEqual(['repos/get-branch'])
  })

  it('rules that cannot be read are not taken for none', async () => {
    emulator().seed.branch('main', sha)
    emulator().faults.add({
      ...{ operation: 'repos/get-branch-rules', fault: { kind: 'error', status: 403, when: 'before', message: 'No' } }
    })
    expect(await failureOf(connectTo(emulator().url).branchProtected('main'))).toMatchObject({
      kind: 'permission',
      operation: 'GET /repos/{owner}/{repo}/rules/branches/{branch}',
      permission: 'metadata: read'
    })
  })
})

describe('an environment is protected', () => {
  it.each([
    [[], null, { rules: [], limitsBranches: false }],
    [
      ['required_reviewers', 'wait_timer'],
      { protected_branches: true, custom_branch_policies: false },
      { rules: ['required_reviewers', 'wait_timer'], limitsBranches: true }
    ]
  ])('by %j and the branches %j', async (rules, branches, expected) => {
    emulator().state.environments.push({
      ...{ id: 1, repository: 'acme/superproject', name: 'production' },
      ...{ rules, branches }
    })
    expect(await connectTo(emulator().url).environmentProtection('production')).toEqual(expected)
  })

  it('one that is not there is not', async () => {
    expect(await connectTo(emulator().url).environmentProtection('production')).toBeNull()
  })

  it('GitHub need not name rules and branches', async () => {
    const { url } = await cannedGitHub({ body: { id: 1, name: 'production' } })
    expect(await connectTo(url).environmentProtection('production')).toEqual({ rules: [], limitsBranches: false })
  })
})

it.each([
  ['environment', (github: GitHub) => github.environmentProtection('production')],
  ['branch', (github: GitHub) => github.branchProtected('main')]
])('%s: an answer that says nothing is none', async (_name, ask) => {
  const { url } = await cannedGitHub({ body: [] })
  expect(await failureOf(ask(connectTo(url)))).toMatchObject({ kind: 'unavailable' })
})
