/** One HTTP server for every emulated service: who asks, for what, may they, what does the fault book say, answer. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { authenticate } from './authentication.js'
import { createCallLog, type Call, type CallLog } from './calls.js'
import { send, sendDamaged, type Exchange } from './delivery.js'
import { openDoor, type Door } from './door.js'
import { faultTrouble, serviceError } from './error-codes.js'
import { createFaultBook, type FaultBook, type FaultRule, type Faults } from './faults.js'
import { createIdentities, type Identities } from './iam/identities.js'
import { answerDownload } from './lambda/layer-downloads.js'
import type { RawRequest } from './signature.js'
import { createWorld, type AccountOption, type AdvanceableWorld, type WorldOptions } from './world-state.js'
import type { AwsRequest, AwsResponse, Operation, Principal, Service, World } from './world.js'

/** IAM: `deny.message` goes into the service's AccessDenied as it is; `implicitDenial` in error-codes.ts words the usual one. */
type Authorize = (operation: Operation, principal: Principal, request: AwsRequest) => 'allow' | { deny: string }

export interface AwsEmulatorOptions extends WorldOptions {
  /** Default: an ephemeral one. */
  readonly port?: number
  /** Milliseconds by which the server's clock is ahead of this machine's. Default 0. */
  readonly clockSkewMilliseconds?: number
  /** Default: the policies of the accounts decide. */
  readonly authorize?: Authorize
  /** Awaited before an authenticated call is worked on, and again before its answer goes out. */
  readonly onBoundary?: (call: Call, moment: 'before' | 'after') => void | Promise<void>
}

export interface AwsEmulator {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly world: AdvanceableWorld
  /** Every request since the start or the last `resetCalls()`. */
  readonly calls: readonly Call[]
  /** The calls that asked for a change of state, granted or not (`accepted` tells). */
  writes(): Call[]
  resetCalls(): void
  readonly faults: Faults
  /** Policies and expired keys, to be changed in mid-run. */
  readonly iam: Identities
  /** Exceptions thrown by the emulator's own code: each is a bug of the emulator, never of the client. */
  readonly defects: readonly unknown[]
  /** Environment variables that make an AWS client act for this account here. Throws for an unknown account. */
  env(accountId: string, region?: string): Record<string, string>
  /** A further address of the same world: its calls bear its number, and it can be shut on one client alone. */
  openDoor(): Promise<Door>
  /** Cuts every open connection. */
  close(): Promise<void>
}

interface Context {
  readonly options: AwsEmulatorOptions
  readonly services: ReadonlyMap<string, Service>
  readonly world: AdvanceableWorld
  readonly log: CallLog
  readonly faults: FaultBook
  readonly iam: Identities
  readonly defects: unknown[]
  url: string
}

/** `startAwsEmulator` in index.ts wires the services that there are. */
export async function startAwsServer(options: AwsEmulatorOptions, services: readonly Service[]): Promise<AwsEmulator> {
  const world = createWorld(options)
  const context: Context = {
    options,
    services: new Map(services.map(service => [service.name, service])),
    world,
    log: createCallLog(),
    faults: createFaultBook(),
    iam: createIdentities(options.accounts, world),
    defects: [],
    url: ''
  }
  const doors: Door[] = []
  const open = async (port = 0): Promise<Door> => {
    const number = doors.length
    const door = await openDoor(number, port, (request, response) => {
      answerRequest(context, request, response, number).catch((defect: unknown) => {
        context.defects.push(defect)
        response.destroy()
      })
    })
    doors.push(door)
    return door
  }
  context.url = (await open(options.port)).url
  return {
    url: context.url,
    world: context.world,
    calls: context.log.calls,
    writes: () => context.log.calls.filter(call => call.write),
    resetCalls: () => {
      context.log.reset()
    },
    faults: context.faults,
    iam: context.iam,
    defects: context.defects,
    env: (accountId, region) => environmentOf(context.url, options.accounts, accountId, region),
    openDoor: () => open(),
    close: async () => {
      await Promise.all(doors.map(door => door.shut()))
    }
  }
}

async function answerRequest(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  door: number
): Promise<void> {
  const raw = await readRequest(request)
  if (raw === null) return // the client went away before it had asked: no effect
  const serverTime = Date.now() + (context.options.clockSkewMilliseconds ?? 0)
  const exchange: Exchange = { request, response, serverTime }
  const { accounts } = context.options
  const download = answerDownload(context.world, raw.path, new URLSearchParams(raw.rawQuery))
  if (download !== null) {
    send(exchange, download)
    return
  }
  const known = authenticate(raw, accounts, context.world.principals, serverTime, key => context.iam.isExpired(key))
  const service = context.services.get(known.serviceName) ?? unknownService(known.serviceName)
  const [requestId, endpoint] = [randomUUID(), context.url]
  const awsRequest: AwsRequest = { ...known.request, requestId, endpoint }
  const operation = operationOf(service, awsRequest, context.world)
  const call = context.log.add(
    known.serviceName,
    operation,
    awsRequest,
    known.trouble ? null : awsRequest.principal.accountId,
    door
  )
  if (known.trouble !== null) {
    const { code, message, status } = serviceError(service, known.trouble)
    const answer = service.error(awsRequest, code, message, status)
    conclude(call, answer)
    call.delivery = send(exchange, answer)
    return
  }
  await context.options.onBoundary?.(call, 'before')
  const rule = context.faults.take(call)
  call.fault = rule?.kind ?? null
  const answer = await work(context, service, operation, awsRequest, call, rule)
  await context.options.onBoundary?.(call, 'after')
  call.delivery = rule === null ? send(exchange, answer) : await sendDamaged(exchange, answer, rule)
}

/** The effect and the answer. What a fault keeps from happening leaves no trace in the world. */
async function work(
  context: Context,
  service: Service,
  operation: Operation,
  request: AwsRequest,
  call: Call,
  rule: FaultRule | null
): Promise<AwsResponse> {
  const lie = rule === null ? null : faultTrouble(rule, service, request.principal, operation)
  const error = lie === null ? null : service.error(request, lie.code, lie.message, lie.status)
  if (rule?.kind === 'reset-before' || rule?.kind === 'hang-before') return { status: 0 }
  if (error !== null && rule?.kind !== 'error-500-after') return conclude(call, error)
  const { authorize = (asked: Operation) => context.iam.permit(asked, request) } = context.options
  const permission = operation.needsNoPermission === true ? 'allow' : authorize(operation, request.principal, request)
  if (permission !== 'allow') {
    const { code, message, status } = serviceError(service, { kind: 'access-denied', detail: permission.deny })
    return conclude(call, service.error(request, code, message, status))
  }
  const asked: AwsRequest = {
    ...request,
    allows: other => authorize(other, request.principal, request) === 'allow',
    ...(rule?.kind === 'stale-read' && { staleReads: rule.staleReads ?? 1 })
  }
  const answer = conclude(call, await handle(context, service, asked))
  call.accepted = answer.status >= 200 && answer.status < 300
  return error ?? answer
}

async function handle(context: Context, service: Service, request: AwsRequest): Promise<AwsResponse> {
  try {
    return await service.handle(request, context.world)
  } catch (defect) {
    context.defects.push(defect)
    const { code, status } = serviceError(service, { kind: 'internal' })
    return service.error(request, code, `defect of the emulator: ${String(defect)}`, status)
  }
}

function conclude(call: Call, answer: AwsResponse): AwsResponse {
  call.status = answer.status
  call.errorCode = errorCodeOf(answer)
  return answer
}

function errorCodeOf(answer: AwsResponse): string | null {
  const header = answer.headers?.['x-amzn-errortype'] ?? answer.headers?.['x-amzn-ErrorType']
  if (header !== undefined) return header.split(':')[0] ?? null
  const start = Buffer.from(answer.body ?? '')
    .subarray(0, 500)
    .toString('latin1')
  return /<Error>.*?<Code>([^<]+)<\/Code>/s.exec(start)?.[1] ?? null
}

/** A service that this emulator leaves out: said loudly, and nothing is done. */
function unknownService(name: string): Service {
  const body = `this emulator has no service "${name}"`
  return {
    name,
    operation: () => ({ action: `${name}:Unknown`, resource: '*', write: true }),
    handle: () => ({ status: 501, body }),
    error: (_request, _code, message, status) => ({ status, body: `${body}: ${message}` })
  }
}

function operationOf(service: Service, request: AwsRequest, world: World): Operation {
  try {
    return service.operation(request, world)
  } catch {
    return {
      action: `${service.name}:Unknown`,
      resource: '*',
      write: request.method !== 'GET' && request.method !== 'HEAD'
    }
  }
}

async function readRequest(request: IncomingMessage): Promise<RawRequest | null> {
  const parts: Buffer[] = []
  try {
    for await (const part of request) parts.push(part as Buffer)
  } catch {
    return null
  }
  const [path = '/', ...query] = (request.url ?? '/').split('?')
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : (value ?? '')
    ])
  )
  return { method: request.method ?? 'GET', path, rawQuery: query.join('?'), headers, body: Buffer.concat(parts) }
}

function environmentOf(
  url: string,
  accounts: readonly AccountOption[],
  accountId: string,
  region = 'us-east-2'
): Record<string, string> {
  const account = accounts.find(one => one.accountId === accountId)
  if (account === undefined) throw new Error(`no account ${accountId} in this emulator`)
  return {
    AWS_ACCESS_KEY_ID: account.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.secretAccessKey,
    ...(account.sessionToken !== undefined && { AWS_SESSION_TOKEN: account.sessionToken }),
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true'
  }
}
