/**
 * The repository that a submodule lies in: the superproject, or the submodule around it. What is asked of it in both cases, and what
 * a URL that is relative to its remote stands for.
 */
import { join } from 'node:path'
import type { GitCall } from '../command/call.js'
import { decodePath } from '../command/tree-records.js'
import { gitDirectoryAt, ifGitDirectory, objectFolder } from './checkout-objects.js'
import { readGitmodules, checkSubmoduleUrl, isSafePath, submoduleSource } from './submodule-source.js'
import type { Place, Settings } from './local-config.js'
import { CodedError } from '../../../model/errors.js'
import { redact } from '../command/messages.js'

export interface Enclosing {
  /** From the superproject's root; empty: it is the superproject. */
  readonly path: string
  /** Its `.gitmodules`, of the commit that is built. */
  readonly gitmodules: () => Promise<Settings>
  /** Where it was cloned from; `null`: from nowhere that is known. */
  readonly url: () => Promise<string | null>
  /** The git directories that the checkout may hold for it. */
  readonly gitDirectories: () => Promise<readonly string[]>
}

export function superprojectOf(place: Place): Enclosing {
  return {
    path: '',
    gitmodules: once(() => readGitmodules(place.run, 'HEAD', {})),
    url: once(() => defaultRemoteUrl(place)),
    gitDirectories: once(async () => {
      const { gitDirectory, commonDirectory } = await place.workspace()
      return [...new Set([gitDirectory, commonDirectory])]
    })
  }
}

/** @param at how to ask git of the submodule's commit, which is HEAD there */
export function submoduleOf(
  place: Place,
  outer: Enclosing,
  pathInOuter: string,
  at: Pick<GitCall, 'gitDirectory' | 'machineSettings'>
): Enclosing {
  return {
    path: join(outer.path, pathInOuter),
    gitmodules: once(() => readGitmodules(place.run, 'HEAD', at)),
    url: () => submoduleUrl(place, outer, pathInOuter),
    gitDirectories: once(() => gitDirectoriesOf(place, outer, pathInOuter))
  }
}

/**
 * The URL that the committed `.gitmodules` names, whatever an earlier `git submodule init` wrote to `.git/config`. It is
 * rewritten by `insteadOf` where it is fetched.
 * @throws CodedError GIT_FAILED where the submodule is not described, or not in a way that may be followed
 */
export async function submoduleUrl(place: Place, outer: Enclosing, pathInOuter: string): Promise<string> {
  const path = join(outer.path, pathInOuter)
  const source = submoduleSource(pathInOuter, await outer.gitmodules())
  const base = (await outer.url()) ?? (await place.workspace()).topLevel
  const url = resolveRelativeUrl(base, source.url)
  checkSubmoduleUrl(path, url, 'resolved')
  return url
}

/** Folders of objects in which the checkout may hold a submodule's commits: that of its `.git`, and the one git keeps by its name. */
export async function checkedOutObjects(
  place: Place,
  outer: Enclosing,
  pathInOuter: string
): Promise<readonly string[]> {
  const directories = await gitDirectoriesOf(place, outer, pathInOuter)
  const folders = await Promise.all(directories.map(objectFolder))
  return [...new Set(folders.filter(folder => folder !== null))]
}

async function gitDirectoriesOf(place: Place, outer: Enclosing, pathInOuter: string): Promise<readonly string[]> {
  const { topLevel } = await place.workspace()
  const own = await gitDirectoryAt(join(topLevel, outer.path, pathInOuter))
  // Names are content: one that is no plain name leads elsewhere.
  const name = nameOf(await outer.gitmodules().catch(() => []), pathInOuter)
  const byName = name === null || !isSafePath(name) ? [] : await outer.gitDirectories()
  const named = await Promise.all(byName.map(directory => ifGitDirectory(join(directory, 'modules', name ?? ''))))
  return [...new Set([own, ...named].filter(directory => directory !== null))]
}

function nameOf(settings: Settings, path: string): string | null {
  const named = settings.findLast(([key, value]) => /^submodule\..+\.path$/.test(key) && value === path)
  return named === undefined ? null : named[0].slice('submodule.'.length, -'.path'.length)
}

/** The remote of the branch that is checked out, else `origin`, else the only one (gitmodules(5), `submodule.<name>.url`). */
async function defaultRemoteUrl(place: Place): Promise<string | null> {
  const { settings, originUrl } = await place.local()
  const head = await place.run({ args: ['symbolic-ref', '--quiet', '--short', 'HEAD'], answers: [1, 128] })
  const branch = decodePath(head.stdout).trimEnd()
  const value = (key: string): string | undefined => settings.findLast(([each]) => each === key)?.[1]
  const remote = branch === '' ? undefined : value(`branch.${branch}.remote`)
  const ofBranch = remote === undefined ? undefined : value(`remote.${remote}.url`)
  if (ofBranch !== undefined) return ofBranch
  if (originUrl !== null) return originUrl
  const urls = settings.filter(([key]) => /^remote\..+\.url$/.test(key))
  return urls.length === 1 ? (urls[0]?.[1] ?? null) : null
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null
  return () => (answer ??= work())
}

/**
 * As git itself resolves it: each `../` takes the last part of the remote's URL away, a part of the path or what stands
 * behind the colon of `host:path`.
 * @throws CodedError GIT_FAILED where nothing is left to take away
 */
export function resolveRelativeUrl(remoteUrl: string, url: string): string {
  if (!/^\.\.?\//.test(url)) return url
  let base = remoteUrl.replace(/\/$/, '')
  let rest = url
  let separator = '/'
  for (;;) {
    if (rest.startsWith('./')) rest = rest.slice(2)
    else if (rest.startsWith('../')) {
      rest = rest.slice(3)
      const slash = base.lastIndexOf('/')
      const end = slash === -1 ? base.lastIndexOf(':') : slash
      // `https:/` is no part of a path.
      if (end <= 0 || /^[a-z][a-z0-9+.-]*:\/{0,2}$/i.test(base.slice(0, end + 1))) throw tooFar(remoteUrl, url)
      separator = slash === -1 ? ':' : '/'
      base = base.slice(0, end)
    } else break
  }
  return `${base}${separator}${rest}`.replace(/\/$/, '')
}

function tooFar(remoteUrl: string, url: string): CodedError {
  return new CodedError('GIT_FAILED', {
    expected: `a URL relative to ${redact(remoteUrl)}`,
    found: `${JSON.stringify(redact(url))}, which leads out of it`,
    mend: 'correct the url in .gitmodules'
  })
}
