/** A layer that is large enough for the workers, packed by the bundle as runners start it: threads, and the same bytes from each Node. */
import { expect, it } from '@jest/globals'
import { nodeBinaries } from '../../emulators/runner/index.js'
import { makeActionWorld, ownProcesses, region } from '../support/action-world.js'
import { configText, folderLayer } from './config-text.js'
import { errorsOf, rowsOf } from './reading.js'

const words = (count: number): string => Array.from({ length: count }, (_, i) => `${(i * i) % 7919} `).join('')
const artifacts = new Set<unknown>()

it.each(nodeBinaries())(
  'F43 Node $version packs a large layer by worker threads, to the same bytes',
  async ({ path }) => {
    const files = {
      ...folderLayer,
      'da_flask/python/long.txt': words(900_000),
      ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`da_flask/python/m${i}.py`, `# ${words(500 * i)}\n`]))
    }
    const world = await makeActionWorld({ steps: ownProcesses, config: configText(), submodules: {}, files })
    try {
      const outcome = await world.push('test', { options: { node: path } })
      expect(errorsOf(outcome)).toEqual([])
      expect(outcome.log.join('\n')).toMatch(/packed by \d+ threads/)
      const row = rowsOf(outcome)['da_flask']![region]!
      artifacts.add(row['artifact-sha256'])
      expect(artifacts.size).toBe(1)
    } finally {
      await world.close()
    }
  }
)
