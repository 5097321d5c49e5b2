/** Reads the configuration: the file of the workspace, or that of a commit. */
import { constants } from 'node:fs'
import { open, realpath, type FileHandle } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import type { ConfigAtRevision, ConfigPlace, LoadedConfig } from '../../model/configuration.js'
import type { Config } from '../../model/index.js'
import type { ConfigPath } from '../check/config-problem.js'
import { decodeConfig, largestBytes, refusedText } from './text.js'
import type { ConfigDocument } from './yaml-document.js'
import { CodedError, type SourceLocation } from '../../model/errors.js'
import type { CommitFiles, Git } from '../../ports/git.js'
import { acceptedShape } from '../schema/accepted-shape.js'
import { checkEnvironments } from '../check/check-environments.js'
import { checkLayers } from '../check/check-layers.js'
import { checkNames } from '../check/check-names.js'
import type { RawConfig } from '../schema/schema.js'
import { hasShape } from '../schema/shape.js'
import { toConfig } from './to-config.js'
import { readPlainYaml } from './plain-yaml.js'

/**
 * @param onText told of the text before it is parsed, and given the time to start what goes on meanwhile
 * @throws CodedError CONFIG_NOT_FOUND, CONFIG_INVALID
 */
export async function loadConfig(place: ConfigPlace, onText?: (text: string) => void): Promise<LoadedConfig> {
  const text = decodeConfig(await readPlainFile(place), place.config)
  if (onText !== undefined) {
    onText(text)
    await new Promise(resolve => setImmediate(resolve))
  }
  return { place, text, config: await readConfig(text, place.config) }
}

/** The bytes of a plain file inside the workspace, at most one more than a configuration may have. */
async function readPlainFile(place: ConfigPlace): Promise<Uint8Array> {
  const path = resolve(place.workspace, place.config)
  let handle: FileHandle | undefined
  try {
    const [real, workspace] = await Promise.all([realpath(path), realpath(place.workspace)])
    if (!real.startsWith(workspace + sep)) throw notPlain(place, 'a link that leads out of the workspace')
    // Without O_NONBLOCK a FIFO would be waited for until somebody writes to it.
    handle = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
    const found = await handle.stat()
    if (!found.isFile() && !found.isDirectory()) throw notPlain(place, 'a device, a FIFO or a socket')
    return await readAtMost(handle, largestBytes + 1)
  } catch (cause) {
    if (cause instanceof CodedError) throw cause
    const reason = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : (cause as Error).message
    throw new CodedError(
      'CONFIG_NOT_FOUND',
      {
        expected: `a configuration at ${place.config}`,
        found: reason,
        mend: 'check the repository out before this step (actions/checkout), or set the input config to the path of the file'
      },
      { cause }
    )
  } finally {
    await handle?.close()
  }
}

async function readAtMost(handle: FileHandle, bytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let left = bytes
  while (left > 0) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(Math.min(left, 64 * 1024)), 0, undefined, null)
    if (bytesRead === 0) break
    chunks.push(buffer.subarray(0, bytesRead))
    left -= bytesRead
  }
  return Buffer.concat(chunks)
}

function notPlain({ config }: ConfigPlace, found: string): CodedError {
  return new CodedError(
    'CONFIG_INVALID',
    {
      expected: `${config} to be a plain file inside the workspace`,
      found,
      mend: 'commit the configuration itself to the repository'
    },
    { location: { file: config, line: 1, column: 1 } }
  )
}

/** Relative to the working directory; `../…` where it lies above it, in the repository or outside. */
export function pathInRepository(place: ConfigPlace): string {
  return relative(place.directory, resolve(place.workspace, place.config)).split(sep).join('/')
}

/** @param files where the revision is read, where that is not `git` itself */
export async function configAtRevision(
  git: Pick<Git, 'readFile' | 'holdsPath'>,
  revision: string,
  loaded: LoadedConfig,
  files: Pick<CommitFiles, 'readFile'> = git
): Promise<ConfigAtRevision> {
  const { place } = loaded
  const path = pathInRepository(place)
  const bytes = await files.readFile(revision, path)
  if (bytes === null) {
    const outside = path.startsWith('../') && !(await git.holdsPath(path))
    return outside ? { kind: 'elsewhere' } : { kind: 'absent' }
  }
  try {
    const text = decodeConfig(bytes, place.config)
    return { kind: 'read', config: text === loaded.text ? loaded.config : await readConfig(text, place.config) }
  } catch (error) {
    if (error instanceof CodedError && error.code === 'CONFIG_INVALID') return { kind: 'unreadable' }
    throw error
  }
}

/** Where a value stands in the text that was read. */
export function placesIn({ text, place }: LoadedConfig): (path: ConfigPath) => Promise<SourceLocation> {
  let reading: Promise<Pick<ConfigDocument, 'placeOf'>> | null = null
  const read = async (): Promise<Pick<ConfigDocument, 'placeOf'>> => {
    const { readYaml } = await import('./yaml-document.js')
    const document = readYaml(text.startsWith('\uFEFF') ? text.slice(1) : text)
    return 'findings' in document ? { placeOf: () => ({ line: 1, column: 1 }) } : document
  }
  return async path => ({ file: place.config, ...(await (reading ??= read())).placeOf(path) })
}

/** What is right is read at once; what is wrong is worth loading the explanations. */
async function readConfig(text: string, file: string): Promise<Config> {
  return acceptConfig(text, file) ?? (await import('../load.js')).parseConfig(text, file)
}

/**
 * A right configuration, read without the machinery that explains a wrong one: zod and the sentences of the errors cost a
 * start more than the rest of the reading. `load.ts` is the judge; this accepts exactly what it accepts.
 * @returns `null` where anything is wrong, or is YAML that only the library reads: `parseConfig` then says what
 */
export function acceptConfig(text: string, file: string): Config | null {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (refusedText(body, file) !== null) return null
  const raw: unknown = readPlainYaml(body)
  if (!isRawConfig(raw)) return null
  const config = toConfig(raw)
  const problems = [checkEnvironments(raw), checkLayers(raw, config)].flat()
  return problems.length === 0 && checkNames(raw, config).length === 0 ? config : null
}

function isRawConfig(value: unknown): value is RawConfig {
  return hasShape(value, acceptedShape)
}
