/**
 * Brings a layer's source to where it can be built: exactly what the commit holds, whatever else lies in the workspace.
 *
 * What is built is a copy of the committed content, written out of git into a scratch folder (`also-watch` paths beside it, as
 * in the superproject), never the workspace itself. The source digest speaks of commits; only so is it true of the
 * archive. Which commit of a submodule is checked out, or whether one is, plays no part; what the checkout does not hold is
 * fetched elsewhere. Files that are changed or new in the workspace are no part of a commit: they are told, and in a
 * terminal, where somebody may have meant them, they are refused before (`SOURCE_DIRTY`).
 */
import { realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isGitlink } from '../../ports/git.js'
import type { Layer, LayerSource, TreeEntry, Verdict } from '../../model/index.js'
import type { ExportedSource, Git, Gitlink } from '../../ports/git.js'

const guard = 'SOURCE_NOT_CHECKED_OUT'

export interface SourceOptions {
  readonly git: Git
  /** Absolute path of the superproject's checkout. */
  readonly workspace: string
  /** An absolute path, existing or not, where nothing else is written; the caller removes it after the build. */
  readonly destination: string
  /** The input `submodules`. `none`: what the checkout does not hold is refused. */
  readonly submodules: 'auto' | 'none'
}

export interface PreparedSource {
  /** Absolute path of the layer's content. Meaningless where a verdict has not passed. */
  readonly directory: string
  /** `SOURCE_NOT_CHECKED_OUT`, at least one. */
  readonly verdicts: readonly Verdict[]
  /** What the layer will not contain though a reader of the workspace may expect it. */
  readonly warnings: readonly string[]
}

/**
 * Prepares the source of `layer` as HEAD holds it. The workspace is only read.
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
  const { git, destination } = options
  const plain = source.entries.filter(entry => !isGitlink(entry)).map(entry => entry.path)
  const folders = source.entries.filter(entry => entry.mode === '040000').map(entry => entry.path)
  const inside = folders.length === 0 ? [] : await git.readGitlinks('HEAD', folders)
  const gitlinks = new Map([...source.entries.filter(isGitlink), ...inside].map(entry => [entry.path, entry]))

  const exported: ExportedSource[] = []
  if (plain.length > 0) exported.push(await git.exportPaths(plain, destination, !isGitlink(source.root)))
  for (const { path, objectId } of gitlinks.values()) {
    exported.push(await git.exportSubmodule({ path, commit: objectId }, destination, options.submodules === 'auto'))
  }
  const missing = exported.flatMap(each => each.missing)
  const verdicts =
    missing.length > 0 ? missing.map(each => notHeld(layer, each)) : [await there(layer, source.root, destination)]
  const pointers = exported.flatMap(each => each.pointers)
  const warnings = [...(await leftOut(git, layer, source)), ...pointerWarning(layer, pointers)]
  return { directory, verdicts, warnings }
}

function isFolder(entry: TreeEntry): boolean {
  return isGitlink(entry) || entry.mode === '040000'
}

/** A path below a submodule is in no tree of the superproject: what is there shows only now. A link could lead anywhere. */
async function there(layer: Layer, root: TreeEntry, destination: string): Promise<Verdict> {
  const directory = join(destination, layer.path)
  const real = await realpath(directory).catch(() => null)
  if (real === null) return notAFolder(layer, null)
  const isPlain = real === join(await realpath(destination), layer.path) && (await stat(directory)).isDirectory()
  if (!isPlain) return notAFolder(layer, root)
  const detail = `${layer.path} is taken from ${isGitlink(root) ? `its commit ${root.objectId}` : 'the commit'}`
  return { guard, subject: layer.id, passed: true, detail }
}

function notHeld(layer: Layer, { path, commit }: Gitlink): Verdict {
  const mend =
    'set `submodules: auto` here, or `submodules: true` (`recursive` for a submodule inside another) in actions/checkout'
  return refused(layer, `commit ${commit} in the submodule ${path}`, 'a submodule that is not checked out at it', mend)
}

/** What a step before this one, or a person, left in the folders that the layer is built from. */
async function leftOut(git: Git, layer: Layer, source: LayerSource): Promise<readonly string[]> {
  const found: string[] = []
  for (const entry of source.entries) {
    const state = await git.checkoutState(entry.path)
    // A submodule at another commit holds another content as it is.
    if (state.kind !== 'present' || (isGitlink(entry) && state.commit !== entry.objectId)) continue
    found.push(...state.dirtyPaths.map(path => (isGitlink(entry) ? `${entry.path}/${path}` : path)))
  }
  if (found.length === 0) return []
  return [
    `${layer.id}: ${listed(found)} changed or new in the workspace, no part of the commit and hence not of the layer; commit them, or make them in build.command, if the layer needs them`
  ]
}

function pointerWarning(layer: Layer, pointers: readonly string[]): readonly string[] {
  if (pointers.length === 0) return []
  return [
    `${layer.id}: ${listed(pointers)}: Git LFS pointers whose content is not here; set \`lfs: true\` in actions/checkout, or install git-lfs on this runner, if the layer needs them`
  ]
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).map(path => JSON.stringify(path))
  return shown.join(', ') + (paths.length > shown.length ? ` and ${paths.length - shown.length} more` : '')
}

function notAFolder(layer: Layer, root: TreeEntry | null): Verdict {
  const found = root === null ? 'nothing there in the commit' : 'a file or a symbolic link'
  const mend = "set the layer's `path` to a submodule or folder, or remove the layer"
  return refused(layer, `a submodule or folder at ${layer.path}`, found, mend)
}

function refused(layer: Layer, expected: string, found: string, mend: string): Verdict {
  return { guard, subject: layer.id, passed: false, finding: { expected, found, mend } }
}
