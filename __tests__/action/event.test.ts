import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { CodedError } from '../../src/model/errors.js'
import { readTriggerEvent } from '../../src/action/event.js'
import * as events from '../support/events.js'
import { objectId } from '../support/configs.js'

const [a, b] = [objectId('a'), objectId('b')]
const read = (event: events.WorkflowEvent) =>
  readTriggerEvent({ name: event.eventName, ref: event.ref, repository: 'octo-org/superproject' }, event.payload)

describe('payloads as GitHub delivers them', () => {
  it('F13 the first push of a branch', () => {
    const expected = {
      kind: 'push',
      ref: 'refs/heads/test',
      before: '0'.repeat(40),
      after: a,
      deleted: false,
      forced: false
    }
    expect(read(events.push({ branch: 'test', after: a }))).toEqual(expected)
  })
  it('F14 a forced push', () => {
    expect(read(events.push({ branch: 'test', before: b, after: a, forced: true }))).toMatchObject({
      forced: true,
      before: b
    })
  })
  it('F15 a deleted branch', () => {
    expect(read(events.deletedPush({ branch: 'test', before: b }))).toMatchObject({
      kind: 'push',
      deleted: true,
      ref: 'refs/heads/test'
    })
  })
  it('F16 a tag', () => {
    expect(read(events.push({ tag: 'main', after: a }))).toMatchObject({ kind: 'push', ref: 'refs/tags/main' })
  })
  it('a pull request of the same repository', () => {
    expect(read(events.pullRequest({ number: 9, base: 'test', baseCommit: b, headCommit: a }))).toEqual({
      kind: 'pull_request',
      number: 9,
      baseBranch: 'test',
      baseCommit: b,
      headCommit: a,
      fromFork: false,
      locked: false
    })
  })
  it.each(['fork', 'deleted-fork'] as const)('F19 a pull request of a %s', from => {
    expect(read(events.pullRequest({ baseCommit: b, headCommit: a, from }))).toMatchObject({ fromFork: true })
  })
  it('F20 pull_request_target is none of the known ones', () => {
    expect(read(events.pullRequestTarget({ baseCommit: b, headCommit: a }))).toMatchObject({
      kind: 'other',
      name: 'pull_request_target'
    })
  })
  it('F22 schedule', () => {
    expect(read(events.schedule())).toEqual({ kind: 'schedule', ref: 'refs/heads/main' })
  })
})

describe('F24 payloads that lack what decides', () => {
  const table: readonly (readonly [string, unknown, RegExp])[] = [
    ['push', null, /an object as the payload of the push event, found null/],
    ['push', [], /an object as the payload/],
    ['push', {}, /a text in ref/],
    ['push', { ref: 'refs/heads/test', before: 'HEAD', after: a }, /a full commit id in before/],
    ['push', { ref: 'refs/heads/test', before: b, after: 'a'.repeat(39) }, /a full commit id in after/],
    ['pull_request', { pull_request: null }, /an object in pull_request of/],
    [
      'pull_request',
      { pull_request: { base: { ref: 'x', sha: a }, head: { sha: b }, number: 0 } },
      /whole number in number/
    ],
    ['merge_group', { merge_group: {} }, /base_ref/],
    ['workflow_run', { workflow_run: { event: 'push' } }, /head_sha/]
  ]
  it.each(table)('%s %j', (name, payload, message) => {
    const run = () => readTriggerEvent({ name, ref: '', repository: 'o/r' }, payload)
    expect(run).toThrow(CodedError)
    expect(run).toThrow(message)
    expect(run).toThrow(/^EVENT_INVALID: Expected .*\. To fix: /)
  })
})

it('G10 any payload gives an event or EVENT_INVALID', () => {
  const name = fc.constantFrom(
    'push',
    'pull_request',
    'merge_group',
    'workflow_run',
    'workflow_dispatch',
    'schedule',
    'x'
  )
  fc.assert(
    fc.property(name, fc.jsonValue(), (event, payload) => {
      try {
        readTriggerEvent({ name: event, ref: 'refs/heads/x', repository: 'o/r' }, payload)
      } catch (error) {
        if (!(error instanceof CodedError) || error.code !== 'EVENT_INVALID') throw error
      }
    }),
    { numRuns: 10_000 }
  )
})
