/** What a person left in the working tree beside the commit that is deployed. */
import type { Layer } from '../model/index.js'
import type { Git } from '../ports/git.js'

/**
 * Changed and untracked files in what the layers are built from. A submodule that stands at another commit than the
 * superproject's is not meant: the superproject's is what is built. Each path as a person would name it; at most 20 of a
 * folder or submodule.
 */
export async function leftovers(
  git: Pick<Git, 'checkoutState' | 'readGitlinks'>,
  headCommit: string,
  layers: readonly Layer[]
): Promise<readonly string[]> {
  const paths = [...new Set(layers.flatMap(({ path, alsoWatch }) => [path, ...alsoWatch]))]
  const gitlinks = await git.readGitlinks(headCommit, paths)
  const found: string[] = []
  for (const path of paths) {
    if (gitlinks.some(gitlink => gitlink.path === path)) continue
    const state = await git.checkoutState(path)
    if (state.kind === 'present') found.push(...state.dirtyPaths)
  }
  for (const { path, objectId } of gitlinks) {
    const state = await git.checkoutState(path)
    if (state.kind === 'present' && state.commit === objectId) {
      found.push(...state.dirtyPaths.map(dirty => `${path}/${dirty}`))
    }
  }
  return [...new Set(found)]
}
