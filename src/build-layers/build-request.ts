import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Layer } from '../model/index.js'

/** Which revision of which project is built, for those that take their version from git. */
export interface SourceRevision {
  /** Of a submodule its commit; of a plain folder its tree, which commits elsewhere leave as it is. */
  readonly objectId: string
  /** The tags of that commit. */
  readonly tags: () => Promise<readonly string[]>
}

export interface BuildRequest {
  readonly layer: Layer
  /** Absolute path of the layer's checked-out folder. It is only read, except by `build.command`. */
  readonly sourceDirectory: string
  /** Absolute path of an empty folder of the caller's: everything that the build writes goes there, the archive too. The caller removes it. */
  readonly outputDirectory: string
  /** The folder that holds both, where there is one: `../tools` is then the same for a command at a fixed path. */
  readonly baseDirectory?: string
  readonly revision?: SourceRevision
  /** The interpreter that installs. Default `python3`. */
  readonly python?: string
}

/** A new folder of this build. */
export async function scratchFolder({ outputDirectory }: BuildRequest, name: string): Promise<string> {
  const folder = join(outputDirectory, name)
  await mkdir(folder)
  return folder
}
