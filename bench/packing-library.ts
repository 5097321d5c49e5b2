/** Packs one tree as a user of a library would, the fastest way found; prints milliseconds and bytes as JSON. */
import { Zip, type ZipInputFile } from 'fflate'
import { createWriteStream, readdirSync, readFileSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { promisify } from 'node:util'
import { crc32, deflateRaw, deflateRawSync } from 'node:zlib'
import { ZipFile } from 'yazl'

const [library = '', root = '', file = ''] = process.argv.slice(2)
const deflate = promisify(deflateRaw)
/** Up to here the thread pool costs more than the compression. */
const shortBytes = 16 * 1024
/** More in flight are no faster, with four threads in the pool. */
const inFlight = 8

interface Compressed {
  readonly path: string
  readonly size: number
  readonly crc: number
  readonly data: Uint8Array<ArrayBuffer>
}

/** fflate's container around Node's zlib: short files on this thread, the others in the thread pool. */
async function withFflate(paths: readonly string[]): Promise<void> {
  const output = createWriteStream(file)
  const zip = new Zip((error, data, final) => {
    if (error !== null) throw error
    output.write(data)
    if (final) output.end()
  })
  const waiting: Promise<Compressed>[] = []
  const addOldest = async (): Promise<void> => {
    const oldest = await waiting.shift()
    if (oldest !== undefined) addCompressed(zip, oldest)
  }
  for (const path of paths) {
    waiting.push(compress(path))
    if (waiting.length === inFlight) await addOldest()
  }
  while (waiting.length > 0) await addOldest()
  zip.end()
  await finished(output)
}

async function compress(path: string): Promise<Compressed> {
  const { size } = statSync(`${root}/${path}`)
  const short = size <= shortBytes
  const content = short ? readFileSync(`${root}/${path}`) : await readFile(`${root}/${path}`)
  const data = short ? deflateRawSync(content, { level: 6 }) : await deflate(content, { level: 6 })
  return { path, size, crc: crc32(content), data }
}

function addCompressed(zip: Zip, { path, size, crc, data }: Compressed): void {
  const entry: ZipInputFile = { filename: path, compression: 8, size, crc }
  zip.add(entry)
  entry.ondata?.(null, data, true)
}

async function withYazl(paths: readonly string[]): Promise<void> {
  const zip = new ZipFile()
  for (const path of paths) zip.addFile(`${root}/${path}`, path, { compressionLevel: 6 })
  zip.end()
  await finished(zip.outputStream.pipe(createWriteStream(file)))
}

function listFiles(): readonly string[] {
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => `${entry.parentPath}/${entry.name}`.slice(root.length + 1))
    .sort()
}

void (async () => {
  const started = performance.now()
  await (library === 'yazl' ? withYazl : withFflate)(listFiles())
  const milliseconds = performance.now() - started
  process.stdout.write(JSON.stringify({ milliseconds, bytes: statSync(file).size }))
})()
