/** A file that others wrote, read to a bound: a link to /dev/zero has no end, a FIFO no beginning. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'

/** What is not read, and why; `code` as of the operating system where it is one of its own. */
export class NotPlainFile extends Error {
  override readonly name = 'NotPlainFile'
  constructor(
    readonly code: 'EFBIG' | 'ENOTSUP',
    message: string
  ) {
    super(message)
  }
}

/** Without O_NONBLOCK a FIFO would be waited for until somebody writes to it. */
const flags = constants.O_RDONLY | constants.O_NONBLOCK
const pieceBytes = 64 * 1024

/** @throws NotPlainFile where it is longer, a device, a FIFO or a socket; what the operating system says where it cannot be read */
export async function readPlainFile(path: string, maximumBytes: number): Promise<Buffer> {
  const handle = await open(path, flags)
  try {
    assertFile(await handle.stat())
    const pieces = collect(maximumBytes)
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, null)
      if (bytesRead === 0) return pieces.all()
      pieces.add(buffer.subarray(0, bytesRead))
    }
  } finally {
    await handle.close()
  }
}

/** The same at once. */
export function readPlainFileSync(path: string, maximumBytes: number): Buffer {
  const file = openSync(path, flags)
  try {
    assertFile(fstatSync(file))
    const pieces = collect(maximumBytes)
    for (;;) {
      const buffer = Buffer.allocUnsafe(pieceBytes)
      const bytesRead = readSync(file, buffer, 0, pieceBytes, null)
      if (bytesRead === 0) return pieces.all()
      pieces.add(buffer.subarray(0, bytesRead))
    }
  } finally {
    closeSync(file)
  }
}

/** A folder is told by the operating system, in its own words, when it is read. */
function assertFile(found: { isFile(): boolean; isDirectory(): boolean }): void {
  if (found.isFile() || found.isDirectory()) return
  throw new NotPlainFile('ENOTSUP', 'a device, a FIFO or a socket')
}

function collect(maximumBytes: number): { add(piece: Buffer): void; all(): Buffer } {
  const pieces: Buffer[] = []
  let bytes = 0
  return {
    add: piece => {
      bytes += piece.length
      // Its size is no bound: a file of /proc says 0, and one may grow while it is read.
      if (bytes > maximumBytes) throw new NotPlainFile('EFBIG', `more than ${maximumBytes} bytes`)
      pieces.push(piece)
    },
    all: () => Buffer.concat(pieces)
  }
}
