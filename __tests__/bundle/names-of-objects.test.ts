/** Names that every JavaScript object has (`toString`, `valueOf`) are names like any other: of a layer, an environment, a stage (FAULTS.md, row 12). */
import { afterAll, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { makeActionWorld, region, type ActionWorld } from '../support/action-world.js'
import { configText } from './config-text.js'
import { errorsOf, rowsOf } from './reading.js'

const ids = ['isPrototypeOf', 'toString', 'valueOf', 'hasOwnProperty']
const files = Object.fromEntries(ids.map(id => [`${id}/python/m_${id}/__init__.py`, '__version__ = "1"\n']))

const statusesOf = (run: RunOutcome): string[] => {
  const rows = new Map(Object.entries(rowsOf(run)))
  return ids.map(id => rows.get(id)?.[region]?.status ?? 'none')
}

const worlds: ActionWorld[] = []
afterAll(async () => {
  for (const world of worlds) await world.close()
})

async function worldOf(engine: 'cloudformation' | 'lambda'): Promise<ActionWorld> {
  const layers = Object.fromEntries(ids.map(id => [id, `{ path: ${id} }`]))
  const config = configText({ layers, engine })
    .replace('  sandbox:', '  toString:')
    .replace('promote-from: sandbox', 'promote-from: toString')
  const world = await makeActionWorld({ submodules: {}, config, files })
  worlds.push(world)
  return world
}

it.each(['cloudformation', 'lambda'] as const)(
  'F12 layers and an environment named like members of an object, engine %s',
  async engine => {
    const world = await worldOf(engine)
    const first = await world.push('test')
    expect(errorsOf(first)).toEqual([])
    expect(statusesOf(first)).toEqual(ids.map(() => 'published'))
    expect(first.outputs).toMatchObject({
      isPrototypeOf_published: 'true',
      toString_version: '1',
      environment: 'toString'
    })
    const again = await world.push('test')
    expect(statusesOf(again)).toEqual(ids.map(() => 'unchanged'))
    const production = await world.push('main')
    expect(errorsOf(production)).toEqual([])
    expect(statusesOf(production)).toEqual(ids.map(() => 'published'))
  }
)
