/** Through the bundle: a project whose build searches the machine for the job's secrets. */
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { appendFile, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canaryPrefix, hostileProject } from '../build-layers/command/isolation/hostile.js'
import { makeActionWorld, ownProcesses, region, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText } from './config-text.js'
import { errorsOf, rowsOf, warningsOf } from './reading.js'

let root = ''
let world: ActionWorld
let head = ''
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'hostile-')))
  const project = hostileProject([root, '$GITHUB_WORKSPACE'])
  world = await makeActionWorld({
    steps: ownProcesses,
    config: configText({ layers: { hostile: '{ path: hostile, build: { installer: pip } }' } }),
    files: Object.fromEntries(Object.entries(project).map(([path, text]) => [`hostile/${path}`, text]))
  })
  head = await world.superproject.push('test')
})
afterAll(async () => {
  await world.close()
  await rm(root, { recursive: true, force: true })
})

it('F138 finds nothing: not in the environment, in /proc, in .git/config, in the files of the runner', async () => {
  const outcome = await world.run({
    event: push({ after: head }),
    checkout: { branch: 'test' },
    account: sandboxAccount,
    inputs: { layers: 'hostile', 'ssh-key': `${canaryPrefix}-ssh` },
    env: {
      PIP_NO_INDEX: '1',
      NPM_TOKEN: `${canaryPrefix}-npm`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: `${canaryPrefix}-oidc`
    },
    options: { scratch: root },
    prepare: async workspace => {
      await appendFile(
        join(workspace, '.git/config'),
        `[http "https://github.com/"]\n\textraheader = ${canaryPrefix}-header\n`
      )
      await mkdir(join(root, '_temp'), { recursive: true })
      await writeFile(join(root, '_temp/credentials.json'), `${canaryPrefix}-step`)
    }
  })
  expect(errorsOf(outcome)).toEqual([])
  expect(warningsOf(outcome)).toEqual([])
  expect(rowsOf(outcome)['hostile']?.[region]).toMatchObject({ status: 'published', version: 1 })
}, 300_000)
