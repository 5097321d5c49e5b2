/** F141 configurations that somebody wrote to do harm: in a pull request of a fork, and pushed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { makeActionWorld, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { pullRequest, push } from '../support/events.js'
import { configText } from './config-text.js'
import { CodedError } from '../../src/model/errors.js'
import { parseConfig } from '../../src/config/load.js'
import { chosen, expectBounded, expectRefused, littleMemory } from './hostile-input.js'

let world: ActionWorld
beforeAll(async () => {
  const layers = { plain: '{ path: plain }' }
  world = await makeActionWorld({
    config: configText({ layers }),
    submodules: {},
    files: { 'plain/python/a.py': '1\n' }
  })
})
afterAll(() => world.close())
beforeEach(() => world.aws.resetCalls())

const good = configText({ layers: { plain: '{ path: plain }' } })
const withLayer = (mapping: string): string => configText({ layers: { plain: mapping } })
const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join('')
const bomb = `a: &a0 [x, x, x, x, x, x, x, x, x, x]\n${times(40, index => `b${index}: &a${index + 1} [*a${index}, *a${index}, *a${index}, *a${index}, *a${index}, *a${index}]\n`)}`
/** Just under the bound of a configuration. */
const nearlyAll = 990_000

const configurations: readonly (readonly [string, string])[] = [
  ['an alias bomb', `${good}${bomb}`],
  ['an alias of itself', `${good}x: &x { y: *x }\n`],
  ['100,000 anchors', `${good}x:\n${times(60_000, index => `  - &n${index} 1\n`)}`],
  ['brackets as deep as they go', `${good}x: ${'['.repeat(400_000)}`],
  ['mappings as deep as they go', times(900, index => `${' '.repeat(index)}a:\n`)],
  ['a text of 3 MB', `${good}x: ${'y'.repeat(3 * 1024 * 1024)}\n`],
  ['a name as long as a configuration', withLayer(`{ path: "${'p'.repeat(nearlyAll)}" }`)],
  ['a description as long as a configuration', withLayer(`{ path: plain, description: "${'d'.repeat(nearlyAll)}" }`)],
  ['a key as long as a configuration', `${good}${'k'.repeat(nearlyAll)}: 1\n`],
  ['a key twice', `${good}version: 1\n`],
  ['one key 60,000 times', `${good}${times(60_000, () => 'x: 1\n')}`],
  ['60,000 unknown keys', `${good}${times(60_000, index => `x${index}: 1\n`)}`],
  ['__proto__', `${good}__proto__: { polluted: true }\n`],
  ['constructor in a layer', withLayer('{ path: plain, constructor: { prototype: { x: 1 } } }')],
  [
    'a layer called __proto__',
    configText({ layers: { plain: '{ path: plain }', __proto: '{ path: plain }' } }).replace('__proto:', '__proto__:')
  ],
  ['a merge key', `${good}x: &x { a: 1 }\ny: { <<: *x }\n`],
  ['a tag that makes an object', `${good}x: !!js/function "function () {}"\n`],
  ['a binary', `${good}x: !!binary R0lGODlhDAAMAIQAAP\n`],
  ['one branch 50,000 times', good.replace('branch: test', `branch: [test, ${times(50_000, () => 'b, ')}z]`)],
  ['300,000 lists', `${good}x: [${'[],'.repeat(300_000)}]`],
  ['300,000 tags', `${good}x: ${'!a '.repeat(300_000)}`],
  ['300,000 directives', `${'%Y\n'.repeat(300_000)}${good}`],
  [
    '50,000 regions',
    good.replace('regions: [us-east-2]', `regions: [${times(50_000, index => `us-east-${index}, `)}z]`)
  ],
  ['a quote that never ends', `${good}x: "${'y'.repeat(nearlyAll)}`],
  ['spaces as far as they go', `${good}x:${' '.repeat(nearlyAll)}y z: 1`],
  ['a comment in every column', `${good}${times(200_000, () => '#\n')}x`],
  ['control characters', good.replace('path: plain', 'path: "plain\\u0000\\u001b[31m\\u202e"')],
  ['a path out of the repository', withLayer('{ path: ../../../etc }')],
  ['a path of git', withLayer('{ path: .git/hooks }')],
  ['a link in the place of a path', withLayer('{ path: plain, template: { file: "/etc/passwd" } }')]
]

describe('F141 a configuration', () => {
  it.each(configurations)('F141 with %s is refused in time', (_name, config) => {
    const started = performance.now()
    let refusal: unknown = null
    try {
      parseConfig(config, 'layer-deploy.yml')
    } catch (error) {
      refusal = error
    }
    expect(refusal).toBeInstanceOf(CodedError)
    const { code, message } = refusal as CodedError
    expect(code).toBe('CONFIG_INVALID')
    expect(message.length).toBeLessThan(4_000)
    expect(performance.now() - started).toBeLessThan(30_000)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  const pushed = chosen(configurations, 'an alias bomb', 'brackets as deep as they go', '60,000 unknown keys')
  it.each(pushed)('F141 with %s is refused, pushed', async (name, config) => {
    const branch = 'test'
    const files = { '.github/layer-deploy.yml': config }
    await world.superproject.commitFiles(files, { branch, from: world.superproject.firstCommit, message: name })
    const after = await world.superproject.push(branch)
    const job = { event: push({ branch, after }), checkout: { branch, commit: after }, account: sandboxAccount }
    expectRefused(world, await world.run({ ...job, env: littleMemory }), ['CONFIG_INVALID'])
  })

  const fromFork = chosen(configurations, 'a text of 3 MB', '300,000 tags')
  it.each(fromFork)(
    'F141 with %s is refused in a pull request of a fork, and nobody is told on GitHub',
    async (_, config) => {
      await world.superproject.commitFiles(
        { '.github/layer-deploy.yml': config },
        { branch: 'evil', from: world.superproject.firstCommit }
      )
      await world.superproject.git('update-ref', 'refs/heads/test', world.superproject.firstCommit)
      const commits = await world.superproject.openPullRequest(9, 'evil', 'test')
      const ids = { baseCommit: commits.base, headCommit: commits.head, mergeCommit: commits.merge }
      const event = pullRequest({ number: 9, base: 'test', head: 'evil', from: 'fork', ...ids })
      const job = { event, checkout: { ref: 'refs/pull/9/merge' }, account: null }
      world.github.state.comments.length = 0
      expectRefused(world, await world.run({ ...job, env: littleMemory }), ['CONFIG_INVALID'])
      expect(world.github.state.comments).toEqual([])
    }
  )
})

describe('F141 globs', () => {
  /** Each made a matcher of regular expressions try for minutes, in which no deadline fires. */
  const globs = [
    '**/*a*a*a*a*a*a*a*a*a*a*a*b',
    'python/([a]+)+x',
    `${'**/a/'.repeat(40)}b`,
    `python/*${'(a|a?)'.repeat(20)}b`
  ]
  const long = { [`plain/python/${'a'.repeat(120)}.txt`]: '1\n', [`plain/python/${'a/'.repeat(400)}c.txt`]: '1\n' }
  const deploy = async (mapping: string) => {
    const files = { ...long, '.github/layer-deploy.yml': withLayer(mapping) }
    await world.superproject.commitFiles(files, { branch: 'test', from: world.superproject.firstCommit })
    const after = await world.superproject.push('test')
    const job = { event: push({ after }), checkout: { branch: 'test', commit: after }, account: sandboxAccount }
    return world.run({ ...job, env: littleMemory })
  }

  it.each(
    chosen(
      globs.map(glob => [glob] as const),
      globs[0]!
    )
  )('F141 build.exclude of %s is refused, and named', async glob => {
    const outcome = await deploy(`{ path: plain, build: { exclude: ["${glob}"] } }`)
    expectBounded(outcome)
    if (glob === globs[0] || outcome.exitCode === 1) expectRefused(world, outcome, ['CONFIG_INVALID'])
  })
})
