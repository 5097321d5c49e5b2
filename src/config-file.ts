import { readFile } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { parseConfig } from './config/load.js'
import { CodedError } from './errors.js'
import type { Inputs } from './inputs.js'
import type { Config } from './model.js'
import type { Git } from './ports/git.js'

type ConfigPlace = Pick<Inputs, 'config' | 'directory'> & { readonly workspace: string }

/** @throws CodedError CONFIG_NOT_FOUND, CONFIG_INVALID */
export async function loadConfig(place: ConfigPlace): Promise<Config> {
  const path = resolve(place.workspace, place.config)
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (cause) {
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
  }
  return parseConfig(decode(bytes, place.config), place.config)
}

/** The configuration as it stood at a revision; `null` where there was none, or none that can be read today. */
export async function configAt(git: Git, revision: string, place: ConfigPlace): Promise<Config | null> {
  const path = relative(place.directory, resolve(place.workspace, place.config))
  if (path.startsWith('..')) return null
  const bytes = await git.readFile(revision, path.split(sep).join('/'))
  if (bytes === null) return null
  try {
    return parseConfig(decode(bytes, place.config), place.config)
  } catch (error) {
    if (error instanceof CodedError && error.code === 'CONFIG_INVALID') return null
    throw error
  }
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    const finding = { expected: 'UTF-8 text', found: 'bytes that are none', mend: 'save the file as UTF-8' }
    throw new CodedError('CONFIG_INVALID', finding, { cause, location: { file, line: 1, column: 1 } })
  }
}
