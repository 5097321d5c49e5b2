/** What a build is given: contents, not pointers, and nothing of the checkout's configuration. */
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type ActionWorld, makeActionWorld, ownProcesses, sandboxAccount } from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText } from './config-text.js'
import { changedOf, codesOf, errorsOf, shownBy } from './reading.js'

const checkoutToken = 'ghs_EXAMPLEcheckouttoken'
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 5\n`
/** Follows every way from the copy's git directory to a configuration. */
const hunt = `mkdir -p $LAYER_BUILD_DIR/python; touch $LAYER_BUILD_DIR/python/x.py
git config --list --show-origin
for d in .git ../.git; do cat $d/config $d/config.worktree $d/objects/info/alternates 2>/dev/null || true; test ! -e $d/commondir; done
cat "$(git rev-parse --git-common-dir)/config"`

let world: ActionWorld
let head = ''
beforeAll(async () => {
  world = await makeActionWorld({
    steps: ownProcesses,
    token: checkoutToken,
    config: configText({
      layers: {
        da_flask: `{ path: da_flask, build: { command: ${JSON.stringify(hunt)} } }`,
        weights: '{ path: weights }'
      }
    }),
    files: { 'weights/.gitattributes': '*.bin filter=lfs\n', 'weights/python/model.bin': pointer }
  })
  head = await world.superproject.push('test')
})
afterAll(() => world.close())

it('F96 a Git LFS pointer that would go into a layer is refused, by name', async () => {
  const outcome = await world.run({
    event: push({ after: head }),
    checkout: { branch: 'test' },
    account: sandboxAccount,
    inputs: { layers: 'weights' }
  })
  expect(codesOf(outcome)).toEqual(['LFS_POINTER'])
  expect(errorsOf(outcome)[0]).toContain('python/model.bin')
  expect(outcome.exitCode).toBe(1)
  expect(world.aws.writes()).toEqual([])
})

it('F130 a build finds no way from its copy to the configuration of the checkout', async () => {
  const outcome = await world.run({
    event: push({ after: head }),
    checkout: { branch: 'test', submodules: true },
    account: sandboxAccount,
    inputs: { layers: 'da_flask', 'dry-run': 'true' }
  })
  expect(errorsOf(outcome)).toEqual([])
  expect(changedOf(outcome)).toEqual(['da_flask'])
  expect(shownBy(outcome)).toContain('core.repositoryformatversion')
  expect(`${shownBy(outcome)}${outcome.rawStdout}`).not.toContain(
    Buffer.from(`x-access-token:${checkoutToken}`).toString('base64')
  )
})
