import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Layer } from '../model/index.js'

export interface BuildRequest {
  readonly layer: Layer
  /** Absolute path of the layer's checked-out folder. It is only read, except by `build.command`. */
  readonly sourceDirectory: string
  /** Absolute path of an empty folder of the caller's: everything that the build writes goes there, the archive too. The caller removes it. */
  readonly outputDirectory: string
  /** The interpreter that installs. Default `python3`. */
  readonly python?: string
}

/** A new folder of this build. */
export async function scratchFolder({ outputDirectory }: BuildRequest, name: string): Promise<string> {
  const folder = join(outputDirectory, name)
  await mkdir(folder)
  return folder
}
