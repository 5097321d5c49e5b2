/** F138 build-apart.yml: what one job built without credentials, and nothing else, is what the other deploys. */
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { runWorkflowIn } from '../../emulators/world/workflow-world.js'
import { configText } from '../bundle/config-text.js'
import { versionsIn } from '../bundle/reading.js'
import { makeActionWorld, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { push } from '../support/events.js'
import { frameworkTools, type FrameworkTools } from './framework-tools.js'

const command = 'tar -xf "$GITHUB_WORKSPACE/built/da_flask.tar" -C "$LAYER_BUILD_DIR"'
let world: ActionWorld
let tools: FrameworkTools
let after = ''
beforeAll(async () => {
  world = await makeActionWorld({
    config: configText({ layers: { da_flask: `{ path: da_flask, build: { command: ${JSON.stringify(command)} } }` } })
  })
  tools = await frameworkTools()
  after = await world.superproject.push('test')
  world.github.seed.branch('test', after)
})
afterAll(async () => {
  await tools.close()
  await world.close()
})

const start = async (rewrite = (text: string) => text) => {
  const result = await runWorkflowIn(world, {
    workflow: 'examples/build-apart.yml',
    event: push({ branch: 'test', after }),
    tools: tools.folder,
    rewrite
  })
  if (result === null) throw new Error('the event did not start the workflow')
  return result
}

it('F138 an artifact that is not what was built is deployed by nobody', async () => {
  const altered = (text: string) =>
    text.replace('        run: cd built &&', '        run: echo more >> built/da_flask.tar; cd built &&')
  const result = await start(altered)
  expect([result['build']?.result, result['deploy']?.result]).toEqual(['success', 'failure'])
  expect(world.aws.writes()).toEqual([])
})

it('F138 the job that builds has no credentials; the one that deploys publishes what it built', async () => {
  const result = await start()
  expect([result['build']?.result, result['deploy']?.result]).toEqual(['success', 'success'])
  expect(versionsIn(world, sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1] })
})
