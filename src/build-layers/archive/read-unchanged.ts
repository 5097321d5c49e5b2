import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { CodedError } from '../../model/errors.js'
import { machineError } from '../command/failure.js'
import { type FileEntry, fingerprintOf } from './list-content.js'

export interface FileReader {
  /** The next bytes of the file, as many as the target holds. */
  readInto(target: Uint8Array): void
  assertUnchanged(): void
  close(): void
}

/** Opens a listed file, following no link, and holds it to what the listing saw. */
export function openUnchanged(root: string, entry: FileEntry): FileReader {
  const handle = openSync(`${root}/${entry.path}`, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  const assertUnchanged = (): void => {
    if (fingerprintOf(fstatSync(handle)) !== entry.fingerprint) throw changedWhilePacked(entry.path)
  }
  return {
    readInto(target) {
      for (let filled = 0; filled < target.byteLength;) {
        const read = readSync(handle, target, filled, target.byteLength - filled, null)
        if (read === 0) throw changedWhilePacked(entry.path)
        filled += read
      }
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
    mend: 'end the build only after everything that it started has stopped writing'
  })
}

/** The coded error for what listing and packing throw: a file that vanished or was swapped for a link has changed, the rest is the disk's doing. */
export function packingError(thrown: unknown): unknown {
  const { code, path } = (thrown ?? {}) as Partial<NodeJS.ErrnoException>
  if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENXIO') return changedWhilePacked(path ?? 'a file')
  return machineError(thrown, 'the layer to be packed')
}
