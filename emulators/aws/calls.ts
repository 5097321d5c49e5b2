/** The record of every request that the emulator was asked, in order. */
import { sha256Hex } from '../../src/model/digest.js'
import type { AwsRequest, Operation } from './world.js'

export interface Call {
  /** From 1, never reset. */
  readonly seq: number
  /** Number of the door that it came in by; 0: the emulator's own address. */
  readonly door: number
  readonly service: string
  /** As IAM names it: `s3:GetObject` for HeadObject too. `<service>:Unknown` where the request could not be read. */
  readonly action: string
  /** As the API names it: `s3:HeadObject`. */
  readonly api: string
  readonly resource: string
  /** `null`: nobody was authenticated. */
  readonly accountId: string | null
  readonly region: string
  /** The request asks for a change of state, granted or not. */
  readonly write: boolean
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  /** After the decoding of aws-chunked. */
  readonly body: Buffer
  readonly bodySha256: string
  /** The status that the service answered with, delivered or not; `null` while it is being worked on or where a fault let nothing happen. */
  status: number | null
  errorCode: string | null
  /** The service did what was asked, whether or not the client came to know. */
  accepted: boolean
  /** `lost`: the client got no answer, or a damaged one. */
  delivery: 'pending' | 'sent' | 'lost'
  fault: FaultKind | null
}

export interface CallLog {
  readonly calls: readonly Call[]
  add(service: string, operation: Operation, request: AwsRequest, accountId: string | null, door: number): Call
  reset(): void
}

export function createCallLog(): CallLog {
  const calls: Call[] = []
  let seq = 0
  return {
    calls,
    add(service, operation, request, accountId, door) {
      seq += 1
      const call: Call = {
        seq,
        door,
        service,
        action: operation.action,
        api: operation.api === undefined ? operation.action : `${service}:${operation.api}`,
        resource: operation.resource,
        accountId,
        region: request.region,
        write: operation.write,
        method: request.method,
        path: request.path,
        query: request.query.toString(),
        headers: request.headers,
        body: request.body,
        get bodySha256() {
          return sha256Hex(request.body)
        },
        status: null,
        errorCode: null,
        accepted: false,
        delivery: 'pending',
        fault: null
      }
      calls.push(call)
      return call
    },
    reset() {
      calls.length = 0
    }
  }
}

/**
 * `…-before`: nothing happened. `…-after`, `truncated`, `garbage`, `slow`: the effect happened, the answer is lost, damaged or late.
 * `stale-read`: lists do not see the newest records. `error`: the rule's own code, before any effect.
 */
export type FaultKind =
  | 'throttle'
  | 'error-500-before'
  | 'error-500-after'
  | 'reset-before'
  | 'reset-after'
  | 'hang-before'
  | 'hang-after'
  | 'truncated'
  | 'garbage'
  | 'slow'
  | 'stale-read'
  | 'denied'
  | 'expired-token'
  | 'error'
