/** One layer fails at once while another is still built: what failed is told, and nothing is cleaned under the build. */
import { expect, it } from '@jest/globals'
import { makeActionWorld, ownProcesses, sandboxAccount } from '../support/action-world.js'
import { push } from '../support/events.js'
import { configText, folderLayer } from './config-text.js'
import { codesOf } from './reading.js'

it('F108 a template that cannot be read beside a build that goes on: CONFIG_INVALID, once the build has ended', async () => {
  // It makes folders all the time: a scratch folder that is removed under it gives ENOTEMPTY.
  const command =
    'for i in $(seq 60); do mkdir -p a/$i/b && echo 1 > a/$i/b/c; sleep 0.05; done; mkdir -p "$LAYER_BUILD_DIR/python"; echo 1 > "$LAYER_BUILD_DIR/python/x.py"; echo the build has ended'
  const layers = {
    da_flask: '{ path: da_flask, template: templates/broken.json }',
    slow: `{ path: slow, build: { command: '${command}' } }`
  }
  const files = { ...folderLayer, 'slow/x.py': '1\n', 'templates/broken.json': '{ "Resources": {,} }' }
  const world = await makeActionWorld({ steps: ownProcesses, config: configText({ layers }), submodules: {}, files })
  try {
    const after = await world.superproject.push('test')
    const checkout = { branch: 'test', commit: after }
    const outcome = await world.run({ event: push({ after }), checkout, account: sandboxAccount })
    expect(outcome.exitCode).toBe(1)
    expect(codesOf(outcome)).toEqual(['CONFIG_INVALID'])
    expect(outcome.log.join('\n')).toContain('the build has ended')
    expect(world.aws.writes()).toEqual([])
  } finally {
    await world.close()
  }
})
