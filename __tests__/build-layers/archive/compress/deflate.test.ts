import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  dictionaryBytes,
  newDeflater,
  pieceBytes,
  type Deflater,
  writeStoredBlocks
} from '../../../../src/build-layers/archive/compress/deflate.js'
import { libdeflateWasm } from '../../../../src/build-layers/archive/compress/libdeflate-wasm.js'
import { sha256Hex } from '../../../../src/model/digest.js'

/** A deflate stream of the content, cut where a test wants it cut; pieces that do not shrink are stored. */
function streamOf(deflater: Deflater, content: Buffer, cuts: readonly number[], machineCode = false): Buffer {
  const ends = [...cuts, content.byteLength]
  const parts: Buffer[] = []
  let start = 0
  for (const [index, end] of ends.entries()) {
    const last = index === ends.length - 1
    const beforeBytes = Math.min(start, dictionaryBytes)
    content.copy(deflater.input, dictionaryBytes - beforeBytes, start - beforeBytes, end)
    const piece = { at: dictionaryBytes, dataBytes: end - start, beforeBytes, last, machineCode }
    const written = deflater.deflate(piece, 0)
    expect(written).toBeLessThan(Math.max(1, piece.dataBytes))
    const stored = Buffer.alloc(piece.dataBytes + 1024)
    parts.push(
      written > 0
        ? Buffer.from(deflater.output.subarray(0, written))
        : stored.subarray(0, writeStoredBlocks(content.subarray(start, end), last, stored))
    )
    start = end
  }
  return Buffer.concat(parts)
}

/** Text, machine code and noise in turns, long and short matches. */
const content = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 3000 }).map(bytes => Buffer.from(bytes)),
      fc.string({ maxLength: 300 }).map(text => Buffer.from(text.repeat(40))),
      fc.nat(70_000).map(length => Buffer.alloc(length, 'import os\n')),
      fc.tuple(fc.nat(1000), fc.nat(40_000)).map(([seed, length]) => words(seed, length))
    ),
    { maxLength: 8 }
  )
  .map(parts => Buffer.concat(parts))

function words(seed: number, length: number): Buffer {
  let state = seed
  const next = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) >>> 16
  return Buffer.from(Array.from({ length: length / 6 }, () => `w${next() % 3000} `).join(''))
}

const deflaters: readonly (readonly [string, Deflater])[] = [
  ['libdeflate', newDeflater()],
  ['zlib, where there is no WebAssembly', newDeflater({})]
]

describe.each(deflaters)('deflate by %s', (_, deflater) => {
  it('property: pieces of any length, joined, are one stream that Node inflates', () => {
    fc.assert(
      fc.property(content, fc.array(fc.nat(1000), { maxLength: 4 }), fc.boolean(), (data, shares, machineCode) => {
        const cuts = shares.map(share => Math.floor((share / 1000) * data.byteLength)).sort((a, b) => a - b)
        expect(inflateRawSync(streamOf(deflater, data, cuts, machineCode)).equals(data)).toBe(true)
      }),
      { numRuns: 150 }
    )
  })

  it('property: the bytes depend on nothing that was compressed before', () => {
    const fresh = newDeflater(deflater === deflaters[0]?.[1] ? undefined : {})
    fc.assert(
      fc.property(content, content, fc.boolean(), (before, data, machineCode) => {
        const first = streamOf(fresh, data, [], machineCode)
        streamOf(deflater, before, [])
        expect(streamOf(deflater, data, [], machineCode).equals(first)).toBe(true)
      }),
      { numRuns: 60 }
    )
  })

  it('refers from one piece to the one before', () => {
    const noise = Buffer.concat(Array.from({ length: 1000 }, (_, i) => createHash('sha256').update(`${i}`).digest()))
    const twice = Buffer.concat([noise, noise.subarray(0, 32_000)])
    expect(streamOf(deflater, twice, [noise.byteLength]).byteLength).toBeLessThan(noise.byteLength + 2000)
  })

  it('gives 0 for what does not shrink, empty or not', () => {
    const noise = Buffer.concat(Array.from({ length: 32_768 }, (_, i) => createHash('sha256').update(`${i}`).digest()))
    noise.copy(deflater.input, dictionaryBytes)
    for (const dataBytes of [0, 1, 5, 1000, pieceBytes]) {
      const piece = { at: dictionaryBytes, dataBytes, beforeBytes: 0, last: true, machineCode: false }
      expect(deflater.deflate(piece, 0)).toBe(0)
    }
  })

  it.each([0, 1, 70_000])('writes where it is told and nowhere before: at %s', to => {
    deflater.output.fill(0xee)
    const data = words(1, 50_000)
    data.copy(deflater.input, dictionaryBytes)
    const piece = { at: dictionaryBytes, dataBytes: data.byteLength, beforeBytes: 0, last: true, machineCode: false }
    const written = deflater.deflate(piece, to)
    expect(inflateRawSync(deflater.output.subarray(to, to + written)).equals(data)).toBe(true)
    expect(deflater.output.subarray(0, to).every(byte => byte === 0xee)).toBe(true)
  })
})

describe('libdeflate', () => {
  it('gives way to zlib where its memory is refused, and to nothing else', () => {
    const failing = (error: Error): object => ({
      Module: Array,
      Instance: function () {
        throw error
      }
    })
    const refused = new RangeError('Out of memory: Cannot allocate Wasm memory for new instance')
    const host = (error: Error) => ({ WebAssembly: failing(error) }) as Parameters<typeof newDeflater>[0]
    const data = words(1, 50_000)
    expect(streamOf(newDeflater(host(refused)), data, [])).toEqual(streamOf(newDeflater({}), data, []))
    expect(() => newDeflater(host(new TypeError('a defect')))).toThrow('a defect')
  })

  it('is the module that scripts/libdeflate/build.sh builds', () => {
    const digest = '39fe26db020e80346781125e1a005d9b32c0029acddc75c9a6490b0c9a892f3e'
    expect(sha256Hex(Buffer.from(libdeflateWasm, 'base64'))).toBe(digest)
  })

  it('compresses text, whole and in short files, and machine code within 1.5 % of zlib at level 6', () => {
    const deflater = newDeflater()
    const ratio = (data: Buffer, cuts: readonly number[], machineCode: boolean): number =>
      streamOf(deflater, data, cuts, machineCode).byteLength / deflateRawSync(data).byteLength
    const text = readFileSync('node_modules/typescript/lib/lib.dom.d.ts').subarray(0, 2 * pieceBytes)
    expect(ratio(text, [pieceBytes], false)).toBeLessThan(1.015)
    expect(ratio(text.subarray(100_000, 106_000), [], false)).toBeLessThan(1.015)
    const code = readFileSync(process.execPath).subarray(30 * pieceBytes, 32 * pieceBytes)
    expect(ratio(code, [pieceBytes], true)).toBeLessThan(1.015)
  })
})
