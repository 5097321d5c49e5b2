/**
 * Compression of one piece of a file after the other, in memory that is there from the start: libdeflate as WebAssembly (docs/adr/0006),
 * Node's zlib where a run has no WebAssembly. The same piece gives the same bytes, whoever compresses it, whatever came before.
 */
import { constants, deflateRawSync } from 'node:zlib'
import { anchorSearch, type AnchorHit, type AnchorSearch, anchorTables } from '../../inspect/secrets/anchor-search.js'
import { libdeflateWasm } from './libdeflate-wasm.js'

/** Longest piece. */
export const pieceBytes = 1024 * 1024
/** What one piece can look back at: deflate's window (RFC 1951). In the input it comes first, and the piece begins behind it. */
export const dictionaryBytes = 32 * 1024
export const inputBytes = dictionaryBytes + pieceBytes
/** Room for headers, and for what stored blocks add. */
export const outputBytes = pieceBytes + 64 * 1024

export interface Deflater {
  readonly input: Buffer
  readonly output: Buffer
  /**
   * Compresses a piece that stands in the input, and writes it to the output at `to`. The pieces of a file, joined, are one deflate stream.
   * Gives the bytes written, fewer than the piece has; 0 where it does not shrink, and the output from `to` on is then undefined.
   */
  deflate(piece: DeflatePiece, to: number): number
  /** A search for words of ASCII in texts that stand in the input. */
  readonly searchFor: (anchors: readonly string[]) => AnchorSearch
}

interface DeflatePiece {
  /** Where in the input it begins. */
  readonly at: number
  readonly dataBytes: number
  /** How many bytes of the same file stand before it, up to 32 KiB; 0 for the first. */
  readonly beforeBytes: number
  readonly last: boolean
  readonly machineCode: boolean
}

/** How hard libdeflate looks: whether it tries for a longer match one byte on, how many earlier places it looks at, what is long enough. */
type Effort = readonly [lazy: 0 | 1, places: number, longEnough: number]
/** Text is 2 % smaller with a look one byte on (libdeflate between its levels 5 and 6); machine code and short files hardly are (as its level 4). */
const textEffort: Effort = [1, 24, 48]
const machineCodeEffort: Effort = [0, 24, 48]
const shortEffort: Effort = [0, 16, 30]
const shortBytes = 8 * 1024

/** Some 3 MB. `host`: where WebAssembly is looked for. */
export function newDeflater(host: { readonly WebAssembly?: WasmPart } = globalThis as object): Deflater {
  if (host.WebAssembly === undefined) return zlibDeflater()
  try {
    return libdeflateDeflater(host.WebAssembly)
  } catch (thrown) {
    // A limit on addresses (`ulimit -v`): WebAssembly reserves far more of them than it uses memory.
    if (thrown instanceof Error && thrown.name === 'RangeError') return zlibDeflater()
    throw thrown
  }
}

/** What is used of the global that Node has, unless started with `--jitless`. */
interface WasmPart {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
}
/** What scripts/libdeflate/compress-piece.c and find-anchors.c export. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer }
  input(): number
  output(): number
  start(): void
  effort(lazy: number, places: number, longEnough: number): void
  compress(at: number, dataBytes: number, beforeBytes: number, last: number, to: number, room: number): number
  tables(): number
  places(): number
  /** Gives how many places it found; `searched` tells how far it came. */
  search(from: number, to: number): number
  searched(): number
}

function libdeflateDeflater({ Module, Instance }: WasmPart): Deflater {
  const wasm = new Instance(new Module(Buffer.from(libdeflateWasm, 'base64')), {}).exports as Exports
  wasm.start()
  let effort: Effort | undefined
  const input = Buffer.from(wasm.memory.buffer, wasm.input(), inputBytes)
  return {
    input,
    output: Buffer.from(wasm.memory.buffer, wasm.output(), outputBytes),
    deflate(piece, to) {
      const { at, dataBytes, beforeBytes, last } = piece
      const wanted = effortFor(piece)
      if (effort !== wanted) wasm.effort(...(effort = wanted))
      return wasm.compress(at, dataBytes, beforeBytes, last ? 1 : 0, to, Math.max(0, dataBytes - 1))
    },
    searchFor: anchors => searchIn(wasm, input, anchors)
  }
}

/** Ten times as fast as the search in JavaScript: 16 places at once. */
function searchIn(wasm: Exports, input: Buffer, anchors: readonly string[]): AnchorSearch {
  const { tables, collect } = anchorTables(anchors)
  const usedTables = new Uint8Array(wasm.memory.buffer, wasm.tables(), tables.byteLength)
  const places = new Uint32Array(wasm.memory.buffer, wasm.places(), mostPlaces)
  return text => {
    const start = text.byteOffset - input.byteOffset
    if (text.buffer !== input.buffer || start < 0) throw new Error('the text is not in the input')
    usedTables.set(tables)
    const hits: AnchorHit[] = []
    for (let at = start, end = start + text.byteLength; at < end; at = wasm.searched()) {
      const count = wasm.search(at, end)
      for (let index = 0; index < count; index++) collect(text, (places[index] as number) - start, hits)
    }
    return hits
  }
}

/** `PLACES` of scripts/libdeflate/pieces.h. */
const mostPlaces = 4096

function effortFor({ machineCode, last, beforeBytes, dataBytes }: DeflatePiece): Effort {
  if (machineCode) return machineCodeEffort
  return last && beforeBytes === 0 && dataBytes <= shortBytes ? shortEffort : textEffort
}

/** Node's zlib at level 6: slower by half, and in other bytes; the content's digest, which decides, does not depend on them. */
function zlibDeflater(): Deflater {
  const input = Buffer.alloc(inputBytes)
  const output = Buffer.alloc(outputBytes)
  return {
    input,
    output,
    deflate({ at, dataBytes, beforeBytes, last }, to) {
      const deflated = deflateRawSync(input.subarray(at, at + dataBytes), {
        level: 6,
        finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
        ...(beforeBytes === 0 ? {} : { dictionary: input.subarray(at - beforeBytes, at) })
      })
      return deflated.byteLength < dataBytes ? deflated.copy(output, to) : 0
    },
    searchFor: anchorSearch
  }
}

const storedBlockBytes = 0xffff
/** What deflate cannot shrink. */
const compressedNames =
  /\.(gz|tgz|bz2|xz|zst|br|lz4|7z|zip|whl|egg|jar|png|jpe?g|gif|webp|woff2?|mp[34]|webm|ogg|parquet|npz)$/i

export function isCompressed(path: string): boolean {
  return compressedNames.test(path)
}

/** Writes the data as stored blocks of a deflate stream (RFC 1951, 3.2.4), for pieces that do not shrink. Gives the bytes written. */
export function writeStoredBlocks(data: Uint8Array, last: boolean, output: Buffer): number {
  const count = Math.max(1, Math.ceil(data.byteLength / storedBlockBytes))
  let at = 0
  for (let index = 0; index < count; index++) {
    const block = data.subarray(index * storedBlockBytes, (index + 1) * storedBlockBytes)
    at = output.writeUInt8(last && index === count - 1 ? 1 : 0, at)
    at = output.writeUInt16LE(block.byteLength, at)
    at = output.writeUInt16LE(~block.byteLength & 0xffff, at)
    output.set(block, at)
    at += block.byteLength
  }
  return at
}
