/**
 * Brings a layer's source to where it can be built: exactly what the commit holds, whatever else lies in the workspace.
 *
 * What is built is a copy of the committed content, written out of git into a scratch folder (`also-watch` paths beside it, as
 * in the superproject), never the workspace itself. The source digest speaks of commits; only so is it true of the
 * archive. Files that git ignores (caches, coverage data of a test step) are not part of a commit and hence not of a
 * layer; they do no harm. Changed or untracked files that git does not ignore are refused (`SOURCE_DIRTY`): somebody meant
 * them to be part of something, and leaving them out in silence would surprise.
 */
import { join } from 'node:path'
import { isGitlink } from '../../detect-changes/gitlink-diff.js'
import type { Layer, LayerSource, TreeEntry, Verdict } from '../../model/index.js'
import type { CheckoutState, Git } from '../../ports/git.js'

export interface SourceOptions {
  readonly git: Git
  /** Absolute path of the superproject's checkout. */
  readonly workspace: string
  /** An absolute path, existing or not, where nothing else is written; the caller removes it after the build. */
  readonly destination: string
  /** The input `submodules`. `none`: what is not checked out is refused. */
  readonly submodules: 'auto' | 'none'
}

export interface PreparedSource {
  /** Absolute path of the layer's content. Meaningless where a verdict has not passed. */
  readonly directory: string
  /** `SOURCE_NOT_CHECKED_OUT` and `SOURCE_DIRTY`, at least one each. */
  readonly verdicts: readonly Verdict[]
  /** What the layer will not contain though a reader of the repository may expect it. */
  readonly warnings: readonly string[]
}

/**
 * Prepares the source of `layer` as HEAD holds it. Writes nothing to the workspace but the submodules that are missing there.
 * @throws CodedError `GIT_FAILED` where a submodule can't be fetched
 */
export async function prepareSource(
  layer: Layer,
  source: LayerSource,
  options: SourceOptions
): Promise<PreparedSource> {
  const directory = join(options.destination, layer.path)
  if (source.root === null || !isFolder(source.root)) {
    return { directory, verdicts: [notAFolder(layer, source.root)], warnings: [] }
  }
  const plain = source.entries.filter(entry => !isGitlink(entry)).map(entry => entry.path)
  const folders = source.entries.filter(entry => entry.mode === '040000').map(entry => entry.path)
  const inside = folders.length === 0 ? [] : await options.git.readGitlinks('HEAD', folders)
  const gitlinks = new Map([...source.entries.filter(isGitlink), ...inside].map(entry => [entry.path, entry]))

  const verdicts: Verdict[] = []
  for (const path of plain) verdicts.push(...judgeFolder(layer, path, await options.git.checkoutState(path)))
  for (const gitlink of gitlinks.values()) verdicts.push(...(await judgeSubmodule(layer, gitlink, options)))
  if (verdicts.some(verdict => verdict.passed !== true)) return { directory, verdicts, warnings: [] }

  if (plain.length > 0) await options.git.exportPaths(plain, options.destination)
  const leftOut: string[] = []
  for (const path of gitlinks.keys()) {
    leftOut.push(...(await options.git.exportSubmodule(path, options.destination)).leftOut)
  }
  return { directory, verdicts, warnings: leftOut.map(path => leftOutWarning(layer, path)) }
}

function isFolder(entry: TreeEntry): boolean {
  return isGitlink(entry) || entry.mode === '040000'
}

function judgeFolder(layer: Layer, path: string, state: CheckoutState): Verdict[] {
  const dirtyPaths = state.kind === 'present' ? state.dirtyPaths : []
  return [checkedOut(layer, `${path} is committed`), cleanliness(layer, path, dirtyPaths)]
}

async function judgeSubmodule(layer: Layer, gitlink: TreeEntry, options: SourceOptions): Promise<Verdict[]> {
  const { git } = options
  let state = await git.checkoutState(gitlink.path)
  if (state.kind !== 'present' && options.submodules === 'auto') {
    await git.initialiseSubmodule(gitlink.path)
    state = await git.checkoutState(gitlink.path)
  }
  const expected = `commit ${gitlink.objectId} in the submodule ${gitlink.path}`
  if (state.kind !== 'present') {
    const found = 'a submodule that is not checked out'
    const mend = 'set `submodules: auto` here, or `submodules: true` in actions/checkout'
    return [failed('SOURCE_NOT_CHECKED_OUT', layer, expected, found, mend)]
  }
  if (state.commit !== gitlink.objectId) {
    const mend = 'commit the submodule in the superproject, or remove the step that moves it'
    return [failed('SOURCE_NOT_CHECKED_OUT', layer, expected, `commit ${state.commit ?? 'unknown'}`, mend)]
  }
  const detail = `${gitlink.path} is at ${gitlink.objectId}`
  return [checkedOut(layer, detail), cleanliness(layer, gitlink.path, state.dirtyPaths)]
}

function checkedOut(layer: Layer, detail: string): Verdict {
  return { guard: 'SOURCE_NOT_CHECKED_OUT', subject: layer.id, passed: true, detail }
}

function cleanliness(layer: Layer, path: string, dirtyPaths: readonly string[]): Verdict {
  if (dirtyPaths.length === 0) {
    return {
      guard: 'SOURCE_DIRTY',
      subject: layer.id,
      passed: true,
      detail: `nothing differs from the commit in ${path}`
    }
  }
  const shown = dirtyPaths.slice(0, 5).map(each => JSON.stringify(each))
  const more = dirtyPaths.length > shown.length ? ', …' : ''
  const mend = 'commit the files, ignore them in .gitignore, or make them in `build.command`'
  return failed('SOURCE_DIRTY', layer, `${path} as committed`, `changed or untracked: ${shown.join(', ')}${more}`, mend)
}

function notAFolder(layer: Layer, root: TreeEntry | null): Verdict {
  const found = root === null ? 'nothing there in the commit' : 'a file or a symbolic link'
  const mend = "set the layer's `path` to a submodule or folder, or remove the layer"
  return failed('SOURCE_NOT_CHECKED_OUT', layer, `a submodule or folder at ${layer.path}`, found, mend)
}

function failed(
  guard: 'SOURCE_NOT_CHECKED_OUT' | 'SOURCE_DIRTY',
  layer: Layer,
  expected: string,
  found: string,
  mend: string
): Verdict {
  return { guard, subject: layer.id, passed: false, finding: { expected, found, mend } }
}

function leftOutWarning(layer: Layer, path: string): string {
  return `${layer.id}: ${path}, a submodule inside a submodule, is not checked out and will be missing from the layer; set \`submodules: recursive\` in actions/checkout if the layer needs it`
}
