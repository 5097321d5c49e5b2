/** What was asked of the emulated AWS, as its services read it: everything but the signature, the time and what the SDK says of itself. */
import { afterAll, beforeEach, expect } from '@jest/globals'
import type { Call } from '../../../emulators/aws/calls.js'
import type { Account } from '../../trials/account.js'

/** By name what the request says: parameters, the body's members, and of S3 the headers that count. */
type Asked = readonly [api: string, says: Readonly<Record<string, unknown>>]

/** Of each test its own requests; at the end of all the emulator has met none that AWS would refuse to read. */
export function requestsTo(account: () => Account): () => readonly Asked[] {
  beforeEach(() => {
    account().emulator.resetCalls()
  })
  afterAll(async () => {
    expect(account().emulator.defects).toEqual([])
    await account().close()
  })
  return () => requestsOf(account().emulator.calls)
}

export function requestsOf(calls: readonly Call[]): readonly Asked[] {
  return calls.map(call => [call.api, sayings(call)] as const)
}

function sayings(call: Call): Readonly<Record<string, unknown>> {
  const query = Object.fromEntries(new URLSearchParams(call.query))
  delete query['x-id']
  switch (call.service) {
    case 's3':
      return { path: decodeURIComponent(call.path), ...query, ...headersOf(call) }
    case 'lambda': {
      const body: unknown = call.body.length === 0 ? {} : JSON.parse(call.body.toString())
      return { path: decodeURIComponent(call.path), ...query, ...(body as object) }
    }
    default: {
      const {
        Action: _action,
        Version: _version,
        ...members
      } = Object.fromEntries(new URLSearchParams(call.body.toString()))
      return members
    }
  }
}

const counted = /^(if-|range$|content-type$|x-amz-(?!date$|content-sha256$|user-agent$|security-token$))/

function headersOf({ headers }: Call): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => counted.test(name)))
}
