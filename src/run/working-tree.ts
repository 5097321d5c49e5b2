/** What a person left in the working tree beside the commit that is deployed. */
import type { Layer } from '../model/index.js'
import type { Git } from '../ports/git.js'

/**
 * Changed and untracked files, in the superproject and in the checked-out submodules of the layers; a submodule that stands
 * at another commit than the superproject's. Each one as a person would name it; at most 20 of a repository.
 */
export async function leftovers(
  git: Pick<Git, 'checkoutState' | 'readGitlinks'>,
  headCommit: string,
  layers: readonly Layer[]
): Promise<readonly string[]> {
  const paths = [...new Set(layers.flatMap(({ path, alsoWatch }) => [path, ...alsoWatch]))]
  const [own, gitlinks] = await Promise.all([git.checkoutState('.'), git.readGitlinks(headCommit, paths)])
  const found = own.kind === 'present' ? [...own.dirtyPaths] : []
  for (const { path, objectId } of gitlinks) {
    const state = await git.checkoutState(path)
    if (state.kind !== 'present') continue
    found.push(...state.dirtyPaths.map(dirty => `${path}/${dirty}`))
    if (state.commit !== objectId) {
      found.push(`${path} at ${(state.commit ?? 'no commit').slice(0, 7)} instead of ${objectId.slice(0, 7)}`)
    }
  }
  return found
}
