import { CodedError } from '../../model/errors.js'
import type { Layer } from '../../model/index.js'
import type { Git } from '../../ports/git.js'

const pathsShown = 5

/**
 * Looks whether the commands of the layers' builds write into the superproject's checkout, which they have no business with: what they run in is a
 * copy. Looks twice at `git status`, whatever the number of layers, and only where a layer has a command. The function that it gives is called after
 * the builds, and gives the error of each layer that may have done it: of builds that ran at once nobody knows which.
 */
export async function watchCheckout(
  git: Pick<Git, 'dirtyPaths'>,
  layers: readonly Pick<Layer, 'id' | 'build'>[]
): Promise<() => Promise<ReadonlyMap<string, CodedError>>> {
  const suspects = layers.filter(({ build }) => build.kind === 'command' || build.check !== null)
  if (suspects.length === 0) return () => Promise.resolve(new Map())
  const before = new Set(await git.dirtyPaths())
  return async () => {
    const written = (await git.dirtyPaths()).filter(path => !before.has(path))
    if (written.length === 0) return new Map()
    return new Map(suspects.map(({ id }) => [id, straying(suspects, written)] as const))
  }
}

function straying(suspects: readonly Pick<Layer, 'id' | 'build'>[], written: readonly string[]): CodedError {
  const ids = suspects.map(({ id }) => id).join(', ')
  const more = written.length > pathsShown ? ` and ${written.length - pathsShown} more` : ''
  return new CodedError('BUILD_FAILED', {
    expected: `build.command and build.check of ${suspects.length === 1 ? `layer ${ids}` : `the layers ${ids}`} to leave the checkout as it is`,
    found: `${written.slice(0, pathsShown).join(', ')}${more} changed or new in it`,
    mend: 'write into "$LAYER_BUILD_DIR" or the working directory, which is a copy, with the command'
  })
}
