/** The trees that packing is measured on, cut out of what `npm ci` puts on every machine: the same bytes for the same lock file. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const modules = resolve(import.meta.dirname, '../node_modules')
const megabyte = 1e6

export const treeNames = ['60 MB of text', '200 MB with shared objects', '30,000 small files'] as const
/** As many as no layer has: for the memory that each file takes. */
export const manyFiles = '100,000 small files'
export type TreeName = (typeof treeNames)[number]

export function makeTree(name: TreeName | typeof manyFiles, folder: string): void {
  const text = sourceText()
  switch (name) {
    case '60 MB of text':
      cut(text, 60 * megabyte, sizes(2_000, 60_000), (index, data) =>
        write(folder, `python/p${index % 40}/m${index}.py`, data)
      )
      return
    case '200 MB with shared objects':
      cut(machineCode(), 160 * megabyte, sizes(60_000, 30_000_000), (index, data) =>
        write(folder, `python/p${index % 12}/lib${index}.so`, withElfHeader(data))
      )
      cut(text, 40 * megabyte, sizes(1_000, 40_000), (index, data) =>
        write(folder, `python/p${index % 60}/m${index}.py`, data)
      )
      return
    case '30,000 small files':
      for (const [index, data] of pieces(text, 30_000, sizes(100, 6_000))) {
        write(folder, `python/p${index % 300}/m${index}.py`, data)
      }
      return
    case manyFiles:
      for (const [index, data] of pieces(text, 100_000, sizes(100, 6_000))) {
        write(folder, `python/p${index % 500}/m${index}.py`, data)
      }
  }
}

/** JavaScript, declarations and prose of the installed packages, in the order of their names. */
function sourceText(): Buffer {
  const parts: Buffer[] = []
  let bytes = 0
  const folders = [modules]
  for (let folder = folders.pop(); folder !== undefined && bytes < 62 * megabyte; folder = folders.pop()) {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? 1 : -1))
    for (const entry of entries) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) folders.push(path)
      else if (entry.isFile() && /\.(js|mjs|cjs|ts|md)$/.test(entry.name) && !entry.name.includes('.min.')) {
        const data = readFileSync(path)
        // A bundle of one line is not what a layer is made of.
        if (data.byteLength > 400_000) continue
        parts.push(data)
        bytes += data.byteLength
      }
    }
  }
  return Buffer.concat(parts)
}

/** Of another Node that the lock file names, where there is one for this machine; else of the running one. */
function machineCode(): Buffer {
  const others = ['node22', 'node24'].map(name => join(modules, name, 'bin/node')).filter(existsSync)
  return Buffer.concat([...others, process.execPath].map(file => readFileSync(file)))
}

function withElfHeader(data: Buffer): Buffer {
  const header = Buffer.alloc(64)
  header.write('\x7fELF\x02\x01\x01', 'latin1')
  header.writeUInt16LE(3, 16)
  header.writeUInt16LE(62, 18)
  return Buffer.concat([header, data])
}

/** Between the two, each decade as often as the other, from a small generator with a fixed seed. */
function sizes(least: number, most: number): () => number {
  let state = 42
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return Math.round(least * (most / least) ** (state / 2 ** 32))
  }
}

function cut(from: Buffer, total: number, size: () => number, put: (index: number, data: Buffer) => void): void {
  for (let at = 0, index = 0; at < total; index++) {
    const length = Math.min(size(), total - at)
    put(index, ring(from, at, length))
    at += length
  }
}

function* pieces(from: Buffer, count: number, size: () => number): Generator<[number, Buffer]> {
  for (let index = 0, at = 0; index < count; index++) {
    const length = size()
    yield [index, ring(from, at, length)]
    at += length
  }
}

function ring(from: Buffer, at: number, length: number): Buffer {
  const start = at % from.byteLength
  const data = from.subarray(start, start + length)
  return data.byteLength === length ? data : Buffer.concat([data, from.subarray(0, length - data.byteLength)])
}

function write(folder: string, path: string, data: Buffer): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, data)
}
