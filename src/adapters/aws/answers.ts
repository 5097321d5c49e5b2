/** Who answered: what comes in place of AWS (a proxy, a sign-in page) is told by its status and first words. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { Readable } from 'node:stream'

export interface Answer {
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

interface Watch {
  last: Answer | null
}
const watches = new AsyncLocalStorage<Watch>()

/** Watches one call: what was answered last while its work ran. */
export function answerWatch(): { run<T>(work: () => Promise<T>): Promise<T>; last(): Answer | null } {
  const watch: Watch = { last: null }
  return { run: work => watches.run(watch, work), last: () => watch.last }
}

/** What a client of the SDK and its middleware have in common, whatever the service. */
export interface Client {
  readonly middlewareStack: { add(middleware: never, options: object): void }
}

interface RawResponse {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  body: unknown
}

/** Has the client keep the beginning of each answer that is a document; archives are handed on as they stream in. */
export function watched<T extends Client>(client: T): T {
  const keepWords = (next: (args: unknown) => Promise<{ response: RawResponse }>) => async (args: unknown) => {
    const result = await next(args)
    const watch = watches.getStore()
    const { response } = result
    if (watch === undefined) return result
    const body = isDocument(response) && response.body instanceof Readable ? await collected(response.body) : null
    if (body !== null) response.body = Readable.from([body])
    watch.last = { status: response.statusCode, text: body?.subarray(0, keptCharacters).toString() ?? '' }
    if (body !== null && body.length > longestDocumentBytes) {
      throw new UnreadableAnswer(`more than ${longestDocumentBytes} bytes`)
    }
    return result
  }
  client.middlewareStack.add(keepWords as never, { name: 'keepWords', step: 'deserialize', priority: 'low' })
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
export function isForeign(error: unknown, last: Answer | null): last is Answer {
  if (last === null || !(error instanceof Error)) return false
  if (error instanceof SyntaxError || error.name === 'UnreadableAnswer') return true
  if (error.message.includes('XML parse error') || error.message.includes('Deserialization error')) return true
  return /^(Unknown|UnknownError|Error)$/.test(error.name) && last.status >= 300 && '$metadata' in error
}
