/** A copy of somebody's superproject and of the submodules that its layers need, from the local disk. The original is only read. */
import { access, mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { runGit } from '../../emulators/world/git-process.js'
import { CodedError } from '../../src/model/errors.js'
import type { Config } from '../../src/model/index.js'

export interface SubmoduleCopy {
  readonly name: string
  /** In the superproject. */
  readonly path: string
  /** Of the bare copy, below the folder of the remotes. */
  readonly repository: string
}

/** For a repository of another user, too: these commands run nothing of it. */
const anyOwner = ['-c', 'safe.directory=*', '--no-optional-locks']
/** Any commit by id, as GitHub gives it out: a gitlink need not be the tip of a branch. */
const uploadPack = `--upload-pack=git -c safe.directory=* -c uploadpack.allowAnySHA1InWant=true upload-pack`

export function readGit(folder: string, ...args: string[]): Promise<string> {
  return runGit(folder, [...anyOwner, ...args])
}

/** Root of the working copy at `path`. @throws CodedError GIT_FAILED where there is none, or no commit in it */
export async function superprojectAt(path: string): Promise<{ readonly root: string; readonly head: string }> {
  try {
    const root = await readGit(path, 'rev-parse', '--show-toplevel')
    return { root, head: await readGit(root, 'rev-parse', '--verify', 'HEAD^{commit}') }
  } catch (cause) {
    const finding = {
      expected: `the working copy of a superproject at ${path}`,
      found: 'no git repository there, or one without a commit',
      mend: 'name its folder with --repo'
    }
    throw new CodedError('GIT_FAILED', finding, { cause })
  }
}

/** Fetches `refspecs` of the repository at `source` into the bare repository `target`, which is made. */
export async function copyRepository(source: string, target: string, refspecs: readonly string[]): Promise<void> {
  await mkdir(target, { recursive: true })
  await runGit(target, ['init', '-q', '--bare', '-b', 'main'])
  await runGit(target, [...anyOwner, 'fetch', '-q', '--no-tags', '--update-shallow', uploadPack, source, ...refspecs])
}

/**
 * Copies each submodule that a layer is built from, with the commit that `head` names.
 * @throws CodedError SOURCE_NOT_CHECKED_OUT where this disk does not have it
 */
export async function copySubmodules(
  superproject: { readonly root: string; readonly head: string },
  config: Config,
  remotes: string
): Promise<readonly SubmoduleCopy[]> {
  const gitlinks = await gitlinksOf(superproject)
  const needed = gitlinks.filter(({ path }) => isNeeded(path, config))
  const names = needed.length === 0 ? new Map<string, string>() : await submoduleNames(superproject)
  const copies: SubmoduleCopy[] = []
  for (const { path, commit } of needed) {
    const name = names.get(path)
    const source = name === undefined ? null : await localSource(superproject.root, name, path, commit)
    if (name === undefined || source === null) throw notHere(path, commit, name !== undefined)
    const repository = `submodule-${copies.length + 1}.git`
    await copyRepository(source, join(remotes, repository), [`${commit}:refs/heads/main`])
    copies.push({ name, path, repository })
  }
  return copies
}

async function gitlinksOf({ root, head }: { readonly root: string; readonly head: string }) {
  const entries = (await readGit(root, 'ls-tree', '-r', '-z', '--full-tree', head)).split('\0')
  return entries.flatMap(entry => {
    const [, commit, path] = /^160000 commit (\S+)\t(.*)$/s.exec(entry) ?? []
    return commit === undefined || path === undefined ? [] : [{ commit, path }]
  })
}

/** Path → name, as `.gitmodules` of the commit says. */
async function submoduleNames({ root, head }: { readonly root: string; readonly head: string }) {
  const listing = await readGit(root, 'config', '--blob', `${head}:.gitmodules`, '-z', '--list').catch(() => '')
  const pairs = listing.split('\0').flatMap(entry => {
    const [, name, path] = /^submodule\.(.*)\.path\n(.*)$/s.exec(entry) ?? []
    return name === undefined || path === undefined ? [] : [[path, name] as const]
  })
  return new Map(pairs)
}

/** A layer is built from it, from something above it, or from something in it. */
function isNeeded(submodule: string, config: Config): boolean {
  const within = (inner: string, outer: string): boolean => `${inner}/`.startsWith(`${outer}/`)
  const paths = config.layers.flatMap(layer => [layer.path, ...layer.alsoWatch])
  return paths.some(path => path === '.' || within(path, submodule) || within(submodule, path))
}

/** The checked-out submodule, else what an earlier checkout left in .git/modules; only one that has the commit. */
async function localSource(root: string, name: string, path: string, commit: string): Promise<string | null> {
  const modules = resolve(root, await readGit(root, 'rev-parse', '--git-common-dir'), 'modules')
  for (const candidate of [join(root, path), join(modules, name)]) {
    // A folder that is no repository would be answered for by the superproject around it.
    const marker = candidate === join(root, path) ? '.git' : 'HEAD'
    if (!(await access(join(candidate, marker)).then(succeed, fail))) continue
    const found = await readGit(candidate, 'cat-file', '-e', `${commit}^{commit}`).then(succeed, fail)
    if (found) return resolve(candidate, await readGit(candidate, 'rev-parse', '--git-common-dir'))
  }
  return null
}

const succeed = (): boolean => true
const fail = (): boolean => false

function notHere(path: string, commit: string, named: boolean): CodedError {
  return new CodedError('SOURCE_NOT_CHECKED_OUT', {
    expected: `commit ${commit} of the submodule ${path} on this disk (the demo uses no network)`,
    found: named ? 'neither a checkout nor a repository in .git/modules that has it' : 'no entry in .gitmodules for it',
    mend: named ? `run git submodule update --init -- ${path} there first` : 'add the submodule to .gitmodules'
  })
}
