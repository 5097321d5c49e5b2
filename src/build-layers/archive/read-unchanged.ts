import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { CodedError } from '../../errors.js'
import { fingerprintOf, type FileEntry } from './list-content.js'

export interface FileReader {
  read(bytes: number): Buffer
  assertUnchanged(): void
  close(): void
}

/** Opens a listed file, following no link, and holds it to what the listing saw. */
export function openUnchanged(root: string, entry: FileEntry): FileReader {
  const handle = openSync(join(root, entry.path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  const assertUnchanged = (): void => {
    if (fingerprintOf(fstatSync(handle, { bigint: true })) !== entry.fingerprint) throw changedWhilePacked(entry.path)
  }
  return {
    read(bytes) {
      const data = Buffer.allocUnsafe(bytes)
      let filled = 0
      while (filled < bytes) {
        const read = readSync(handle, data, filled, bytes - filled, null)
        if (read === 0) throw changedWhilePacked(entry.path)
        filled += read
      }
      return data
    },
    assertUnchanged,
    close: () => {
      closeSync(handle)
    }
  }
}

function changedWhilePacked(path: string): CodedError {
  return new CodedError('BUILD_FAILED', {
    expected: 'the content to stay as it is while it is packed',
    found: `${path} changed`,
    mend: 'let the build end only after everything that it started has stopped writing'
  })
}

/** The coded error for what listing and packing throw: a file that vanished or was swapped for a link has changed, the rest is the disk's doing. */
export function packingError(thrown: unknown): unknown {
  if (typeof thrown !== 'object' || thrown === null || !('syscall' in thrown)) return thrown
  const { code, path, message } = thrown as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENXIO') return changedWhilePacked(path ?? 'a file')
  return new CodedError(
    'BUILD_FAILED',
    {
      expected: 'the layer to be packed',
      found: message,
      mend: code === 'ENOSPC' ? 'free space on the disk' : 'make the files readable and the scratch folder writable'
    },
    { cause: thrown }
  )
}
