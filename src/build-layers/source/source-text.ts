import { readPlainFile } from '../../ports/plain-file.js'
import { CodedError } from '../../model/errors.js'

/** Locks of hundreds of packages have a few megabytes. */
const longestSourceBytes = 32 * 1024 * 1024

/**
 * The text of a file that says how a layer is built; empty where there is none. What cannot be read is not taken for absent: something would be
 * left out of the layer.
 * @throws CodedError BUILD_FAILED for a device, a FIFO, a socket, and for more than 32 MB
 */
export async function sourceText(path: string, encoding: 'utf8' | 'latin1' = 'utf8'): Promise<string> {
  try {
    return (await readPlainFile(path, longestSourceBytes)).toString(encoding)
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException
    if (code !== 'EFBIG' && code !== 'ENOTSUP') return ''
    throw new CodedError(
      'BUILD_FAILED',
      {
        expected: `${path.split('/').slice(-2).join('/')} to be a plain file of at most ${longestSourceBytes} bytes`,
        found: message,
        mend: 'commit the file itself'
      },
      { cause }
    )
  }
}
