import { readFile } from 'node:fs/promises'
import { relative, resolve, sep } from 'node:path'
import { acceptConfig } from './accept.js'
import { decodeConfig } from './text.js'
import { CodedError } from '../../model/errors.js'
import type { Inputs } from '../../action/inputs.js'
import type { Config } from '../../model/index.js'
import type { CommitFiles } from '../../ports/git.js'

export type ConfigPlace = Pick<Inputs, 'config' | 'directory'> & { readonly workspace: string }

export interface LoadedConfig {
  readonly place: ConfigPlace
  /** What was read; the same text at another revision is the same configuration. */
  readonly text: string
  readonly config: Config
}

/** @throws CodedError CONFIG_NOT_FOUND, CONFIG_INVALID */
export async function loadConfig(place: ConfigPlace): Promise<LoadedConfig> {
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
  const text = decodeConfig(bytes, place.config)
  return { place, text, config: await readConfig(text, place.config) }
}

/** `null`: the file lies outside of the superproject. */
export function pathInRepository(place: ConfigPlace): string | null {
  const path = relative(place.directory, resolve(place.workspace, place.config))
  return path.startsWith('..') ? null : path.split(sep).join('/')
}

/** The configuration as it stood at a revision; `null` where there was none, or none that can be read today. */
export async function configAt(git: CommitFiles, revision: string, loaded: LoadedConfig): Promise<Config | null> {
  const { place } = loaded
  const path = pathInRepository(place)
  const bytes = path === null ? null : await git.readFile(revision, path)
  if (bytes === null) return null
  try {
    const text = decodeConfig(bytes, place.config)
    return text === loaded.text ? loaded.config : await readConfig(text, place.config)
  } catch (error) {
    if (error instanceof CodedError && error.code === 'CONFIG_INVALID') return null
    throw error
  }
}

/** What is right is read at once; what is wrong is worth loading the explanations. */
async function readConfig(text: string, file: string): Promise<Config> {
  return acceptConfig(text, file) ?? (await import('../load.js')).parseConfig(text, file)
}
