/**
 * From what the SDK throws to a coded error that names the action and the resource as IAM names them. Who answered counts: what comes
 * in place of AWS (a proxy, a sign-in page) is told by its status and first words.
 */
import { Readable } from 'node:stream'
import { denial, denialOf, mendOfMessage } from '../../ports/aws-refusals.js'
import { CodedError } from '../../model/errors.js'
import { noCredentials } from './credentials.js'

/** Of an answer that is not AWS's: enough to know a page by. */
const firstCharacters = 120

/** What a call asks for. */
export interface Subject {
  /** `lambda:GetLayerVersion` */
  readonly action: string
  /** A full ARN, or `*` where IAM knows no other resource for the action. */
  readonly resource: string
}

export function errorName(error: unknown): string {
  if (error === null || typeof error !== 'object') return ''
  const name = (error as { name?: unknown }).name
  return typeof name === 'string' ? name : ''
}

export function httpStatus(error: unknown): number | null {
  const metadata = (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata
  return metadata?.httpStatusCode ?? null
}

/** Names that the services and the SDK give to "not allowed", "no credentials" and "credentials that ended". */
const denied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError'])
const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'])
const unauthenticated = new Set([
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'UnrecognizedClientException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'AuthFailure',
  'RequestTimeTooSkewed',
  'RequestExpired'
])

/** @param last the last answer that came, whoever gave it; `null`: none */
export function codedAwsError(subject: Subject, error: unknown, last: Answer | null = null): CodedError {
  if (error instanceof CodedError) return error
  const name = errorName(error)
  const message = error instanceof Error ? error.message : String(error)
  // Whatever status it came with: it says nothing about permissions or credentials.
  if (isForeign(error, last)) return notFromAws(subject, last, error)
  // The second one is what single sign-on throws.
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') return noCredentials(message, error)
  if (expired.has(name)) return expiredCredentials(subject, name, error)
  if (unauthenticated.has(name)) {
    return noCredentials(`credentials that AWS refuses (${name}: ${message})`, error, mendOfCredentials(name, message))
  }
  if (denied.has(name) || httpStatus(error) === 403) return accessDenied(subject, name, message, error)
  const finding = {
    expected: `${subject.action} on ${subject.resource} to succeed`,
    found: `${name}: ${message}`,
    mend: mendOfMessage(`${name}: ${message}`) ?? 'run again; what was done already is found and kept'
  }
  return new CodedError('AWS_FAILED', finding, { cause: error })
}

/** AWS names the action and resource that were lacking where it can: one call may need several permissions. */
function accessDenied(subject: Subject, name: string, message: string, cause: unknown): CodedError {
  const partition = subject.resource.split(':')[1] ?? 'aws'
  const { action, resource, mend } = denialOf(message, partition) ?? denial(subject.action, subject.resource, message)
  const finding = {
    expected: `permission for ${action} on ${resource}`,
    found: message === '' ? name : message,
    mend
  }
  return new CodedError('ACCESS_DENIED', finding, { cause })
}

/** AWS Signature Version 4, "Troubleshooting": the clock and the key are told apart only in words. */
function mendOfCredentials(name: string, message: string): string {
  if (/Skewed|RequestExpired/.test(name) || /signature (?:expired|not yet current)/i.test(message)) {
    return 'set the clock of this machine (NTP): AWS takes requests for a few minutes around its own time'
  }
  if (/Signature/.test(name)) {
    return 'give the whole AWS_SECRET_ACCESS_KEY that belongs to AWS_ACCESS_KEY_ID, and see that no proxy changes requests'
  }
  return 'give credentials that exist and are active, or, where other regions take them, enable this region for the account'
}

function expiredCredentials(subject: Subject, name: string, cause: unknown): CodedError {
  const finding = {
    expected: `credentials that last until ${subject.action} on ${subject.resource}`,
    found: `credentials that expired (${name})`,
    mend: 'run again, what was done already is found and kept; raise role-duration-seconds of aws-actions/configure-aws-credentials where this returns'
  }
  return new CodedError('NO_CREDENTIALS', finding, { cause })
}

/** A page of a proxy, a sign-in, half a document: told by status and first words. */
function notFromAws(subject: Subject, { status, text }: Answer, cause: unknown): CodedError {
  const words = text.replace(/\s+/g, ' ').trim().slice(0, firstCharacters)
  const finding = {
    expected: `an answer of AWS to ${subject.action} on ${subject.resource}`,
    found: `one that is not of AWS: status ${status}, ${words === '' ? 'empty' : JSON.stringify(words)}`,
    mend: 'see what answers in place of AWS: a proxy (HTTPS_PROXY, NO_PROXY), an endpoint (AWS_ENDPOINT_URL) or a sign-in page of the network; then run again, what was done already is found and kept'
  }
  return new CodedError('AWS_FAILED', finding, { cause })
}

export function deadlineExceeded({ action, resource }: Subject, seconds: number, cause: unknown): CodedError {
  const finding = {
    expected: `an answer to ${action} on ${resource} within ${seconds} s`,
    found: 'none',
    mend: 'run again; what was done already is found and kept'
  }
  return new CodedError('DEADLINE_EXCEEDED', finding, { cause })
}

interface Answer {
  readonly status: number
  /** The beginning of the body. */
  readonly text: string
}

const keptCharacters = 2_000
/** An answer of AWS has a few megabytes at most; an archive that comes without a type, what Lambda takes. */
const longestDocumentBytes = 262_144_000

/** An answer that is not the service's: a page of a proxy, half a document. Thrown where the SDK does not notice. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer'
}

/** By the signal of a call: what was answered to it last. */
const lastAnswers = new WeakMap<AbortSignal, Answer>()

/** What was answered last to the call with this signal; `null`: nothing yet. */
export function lastAnswer(call: AbortSignal): Answer | null {
  return lastAnswers.get(call) ?? null
}

/** What a client of the SDK and its middleware have in common, whatever the service. */
export interface Client {
  readonly middlewareStack: { add(middleware: never, options: object): void }
  readonly config: { readonly requestHandler: { handle(request: never, options?: never): Promise<unknown> } }
}

interface RawResponse {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  body: unknown
}

/** Has the client keep the beginning of each answer that is a document; archives are handed on as they stream in. */
export function watched<T extends Client>(client: T): T {
  type Handle = (request: unknown, options?: { abortSignal?: AbortSignal }) => Promise<{ response: RawResponse }>
  const handler = client.config.requestHandler as unknown as { handle: Handle }
  const handle = handler.handle.bind(handler)
  handler.handle = async (request, options) => {
    const result = await handle(request, options)
    // What the SDK asks by itself, credentials for example, bears no signal of ours.
    const call = options?.abortSignal
    if (call === undefined) return result
    const { response } = result
    const body = isDocument(response) && response.body instanceof Readable ? await collected(response.body) : null
    if (body !== null) response.body = Readable.from([body])
    lastAnswers.set(call, {
      status: response.statusCode,
      text: body?.subarray(0, keptCharacters).toString() ?? ''
    })
    if (body !== null && body.length > longestDocumentBytes) {
      throw new UnreadableAnswer(`more than ${longestDocumentBytes} bytes`)
    }
    return result
  }
  return client
}

function isDocument({ statusCode, headers }: RawResponse): boolean {
  return statusCode >= 300 || /xml|json|html|text\/|^$/.test(headers['content-type'] ?? '')
}

/** To its end, or to where it is too long. */
async function collected(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    const piece = Buffer.from(chunk as Uint8Array)
    chunks.push(piece)
    bytes += piece.length
    if (bytes > longestDocumentBytes) break
  }
  return Buffer.concat(chunks)
}

/** An answer that is not the service's, as the SDK fails on it: it cannot be parsed, or names no error. */
function isForeign(error: unknown, last: Answer | null): last is Answer {
  if (last === null || !(error instanceof Error)) return false
  if (error instanceof SyntaxError || error.name === 'UnreadableAnswer') return true
  if (error.message.includes('XML parse error') || error.message.includes('Deserialization error')) return true
  return /^(Unknown|UnknownError|Error)$/.test(error.name) && last.status >= 300 && '$metadata' in error
}
