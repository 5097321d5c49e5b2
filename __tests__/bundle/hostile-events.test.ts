/**
 * F24 F141 payloads that GitHub delivered, with each field missing or of another type. Every field at once by the reader and the
 * selection; what the reader looks at, and it alone, through dist/.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { readTriggerEvent } from '../../src/action/event.js'
import { CodedError } from '../../src/model/errors.js'
import { selectEnvironment } from '../../src/select-environment/select.js'
import { production, sandbox } from '../support/configs.js'
import { makeActionWorld, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import type { WorkflowEvent } from '../support/events.js'
import {
  deliveredPayloads,
  realDispatch,
  realMergeGroup,
  realPullRequest,
  realPush,
  realWorkflowRun,
  type Payload
} from '../support/real-payloads.js'
import { configText } from './config-text.js'
import { codesOf } from './reading.js'
import { expectBounded, littleMemory } from './hostile-input.js'

type Path = readonly (string | number)[]
const absent = Symbol('absent')
const long = 'x'.repeat(1_000_000)
const wrong: readonly unknown[] = [
  ...[absent, null, true, 0, -1, 1.5, 1e308, '', 'x', long, '\u0000\u001b[31m\n::error::pwned', '__proto__', '-x'],
  ...[[], {}, [[]], { length: 3 }, { toString: 1 }, 'refs/heads/../main', '0'.repeat(40), 'F'.repeat(40)]
]

/** Every path of a payload. */
function pathsOf(value: unknown, at: Path = []): readonly Path[] {
  if (value === null || typeof value !== 'object') return [at]
  const entries = Array.isArray(value)
    ? value.slice(0, 2).map((item, index) => [index, item] as const)
    : Object.entries(value)
  return [at, ...entries.flatMap(([key, item]) => pathsOf(item, [...at, key]))]
}

/** The payload with another value there; nothing else is copied. */
function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >
  if (rest.length === 0 && to === absent) Reflect.deleteProperty(copy, key)
  else copy[key] = changed(copy[key], rest, to)
  return copy
}

/** The paths that `work` looks at. */
function readBy(payload: Payload, work: (payload: unknown) => void): readonly Path[] {
  const seen = new Map<string, Path>()
  const watched = (value: unknown, at: Path): unknown => {
    if (value === null || typeof value !== 'object') return value
    return new Proxy(value, {
      get(target, key) {
        const found: unknown = Reflect.get(target, key)
        if (typeof key === 'symbol') return found
        const path = [...at, key]
        seen.set(path.join('.'), path)
        return watched(found, path)
      }
    })
  }
  work(watched(payload, []))
  return [...seen.values()]
}

/** What comes of it, else the code of the refusal. */
function outcome(name: string, payload: unknown): string {
  const ref = 'refs/heads/test'
  try {
    const event = readTriggerEvent({ name, ref, repository: 'octo-org/superproject' }, payload)
    const request = { event, command: 'auto' as const, environments: [sandbox, production], environment: null }
    return selectEnvironment({ ...request, branchTip: null }).kind
  } catch (error) {
    if (error instanceof CodedError) return error.code
    throw error
  }
}

it('F24 F141 each field of each payload, missing or of another type, is read or EVENT_INVALID', () => {
  const known = ['push', 'pull_request', 'merge_group', 'workflow_run', 'workflow_dispatch']
  let cases = 0
  const codes = new Set<string>()
  for (const { name, payload } of deliveredPayloads().filter(each => known.includes(each.name)))
    for (const path of pathsOf(payload))
      for (const value of wrong) {
        cases += 1
        const found = outcome(name, changed(payload, path, value === absent && path.length === 0 ? undefined : value))
        codes.add(found)
      }
  console.log(`payloads with one wrong field: ${cases}`)
  expect(cases).toBeGreaterThan(10_000)
  expect(
    [...codes].filter(code => !['EVENT_INVALID', 'deploy', 'plan', 'nothing', 'refuse', 'report'].includes(code))
  ).toEqual([])
  expect(codes).toContain('EVENT_INVALID')
})

describe('F24 F141 through dist/', () => {
  let world: ActionWorld
  let tip = ''
  beforeAll(async () => {
    world = await makeActionWorld({
      config: configText({ layers: { plain: '{ path: plain }' } }),
      submodules: {},
      files: { 'plain/python/a.py': '1\n' }
    })
    tip = await world.superproject.push('test')
  })
  afterAll(() => world.close())
  beforeEach(() => world.aws.resetCalls())

  const events: Readonly<Record<string, () => WorkflowEvent>> = {
    push: () => realPush({ after: tip }),
    pull_request: () =>
      realPullRequest({ number: 7, base: 'test', baseCommit: tip, headCommit: tip, mergeCommit: tip }),
    merge_group: () => realMergeGroup('test', tip, tip),
    workflow_run: () => realWorkflowRun(tip),
    workflow_dispatch: () => realDispatch('test', tip)
  }
  it.each(Object.keys(events))('F24 F141 %s with each field that counts missing or wrong', async name => {
    const event = events[name]!()
    const paths = readBy(event.payload, payload => {
      readTriggerEvent({ name, ref: event.ref, repository: 'octo-org/superproject' }, payload)
    })
    if (name !== 'workflow_dispatch') expect(paths.length).toBeGreaterThan(2)
    const values = [absent, { x: [] }, long]
    const every = process.env['PROPERTY_RUNS'] === undefined ? 3 : 1
    for (const [index, path] of [[], ...paths].entries()) {
      if (index % every !== 0) continue
      const value = values[Math.floor(index / every) % values.length]
      const payload = changed(event.payload, path, path.length === 0 ? [] : value) as Payload
      const job = { event: { ...event, payload }, checkout: { branch: 'test', commit: tip }, account: sandboxAccount }
      const run = await world.run({ ...job, env: littleMemory, inputs: { 'dry-run': 'true' } })
      expectBounded(run)
      if (run.exitCode === 1) expect(codesOf(run)).not.toEqual([])
      expect(world.aws.writes()).toEqual([])
    }
  })
})
