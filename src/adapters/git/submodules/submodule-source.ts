/** What `.gitmodules` of a commit says of submodules, and whether it may be followed. The file is content: anyone who can push wrote it. */
import { CodedError } from '../../../model/errors.js'
import { redact } from '../command/messages.js'
import type { GitCall, RunGit } from '../command/call.js'
import { decodePath } from '../command/tree-records.js'
import { parseSettings, type Settings } from './local-config.js'

/** It becomes a variable of git's, which the system bounds; no server takes a longer one. */
const longestUrl = 4096

export interface SubmoduleSource {
  readonly name: string
  readonly path: string
  /** As written; `./` and `../` are relative to the superproject's remote. */
  readonly url: string
}

/** @param settings the settings of `.gitmodules`, keys as git normalises them
 *  @throws CodedError `GIT_FAILED` where the submodule is not described, or in a way that could run or read something else */
export function submoduleSource(path: string, settings: readonly (readonly [string, string])[]): SubmoduleSource {
  const named = settings.findLast(([key, value]) => /^submodule\..+\.path$/.test(key) && value === path)
  if (named === undefined) {
    throw refused(path, 'a section in .gitmodules', 'none', 'add it with `git submodule add`, or remove the gitlink')
  }
  const name = named[0].slice('submodule.'.length, -'.path'.length)
  const setting = (key: string): string => settings.findLast(([each]) => each === `submodule.${name}.${key}`)?.[1] ?? ''
  if (!isSafePath(name)) throw refused(path, 'a plain submodule name', JSON.stringify(name), 'rename it in .gitmodules')
  if (!isSafePath(path))
    throw refused(path, 'a path inside the superproject', JSON.stringify(path), 'move the submodule')
  const update = setting('update')
  if (!['', 'checkout', 'rebase', 'merge', 'none'].includes(update)) {
    throw refused(
      path,
      'no command to run',
      `update = ${JSON.stringify(redact(update))}`,
      'remove `update` from .gitmodules'
    )
  }
  const url = setting('url')
  checkSubmoduleUrl(path, url, 'as-written')
  return { name, path, url }
}

/** No empty, `.`, `..` or `.git` component, not absolute, nothing that a command would take for an option. */
export function isSafePath(path: string): boolean {
  // eslint-disable-next-line no-control-regex
  if (path === '' || path.startsWith('-') || /[\u0000-\u001f\u007f]/.test(path)) return false
  return path.split(/[/\\]/).every(part => !['', '.', '..'].includes(part) && !/^\.git$/i.test(part))
}

/** @throws CodedError `GIT_FAILED` unless the URL is https, ssh, or http to this machine; relative ones pass as written only */
export function checkSubmoduleUrl(path: string, url: string, stage: 'as-written' | 'resolved'): void {
  if (url.length > longestUrl) {
    const found = `one of ${url.length} characters`
    throw refused(path, `a URL of at most ${longestUrl} characters`, found, 'correct the url in .gitmodules')
  }
  if (stage === 'as-written' && /^\.\.?\//.test(url) && isPlainText(url)) return
  if (submoduleProtocol(url) === null) {
    const found = url === '' ? 'no url' : JSON.stringify(redact(url))
    throw refused(path, 'an https:// or ssh:// URL', found, 'give the submodule such a URL in .gitmodules')
  }
}

export type SubmoduleProtocol = 'https' | 'ssh' | 'http'

/** The protocol that the URL will be fetched with, `null` where we do not fetch it. */
export function submoduleProtocol(url: string): SubmoduleProtocol | null {
  if (!isPlainText(url) || url.startsWith('-')) return null
  // No `?`, `#` or `\\` before the path: readers of URLs disagree on which host such a URL means.
  const withScheme = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#\\]*@)?(\[[0-9a-f:.]*\]|[^/:@?#\\]*)(?=[:/]|$)/i.exec(url)
  if (withScheme !== null) {
    const [, scheme = '', host = ''] = withScheme
    if (host === '' || host.startsWith('-')) return null
    if (scheme === 'https' || scheme === 'ssh') return scheme
    // Mirrors and tests on this machine: what goes over the loopback device cannot be listened to.
    return scheme === 'http' && /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(host) ? 'http' : null
  }
  // user@host:path. A helper (`ext::…`) has a second colon, a local path a slash before the first one.
  return /^(?:\w[\w.-]*@)?\w[\w.-]*:(?![:-])(?!\/\/)./.test(url) ? 'ssh' : null
}

function isPlainText(url: string): boolean {
  // eslint-disable-next-line no-control-regex
  return url !== '' && !/[\u0000-\u0020\u007f]/.test(url) && !/%0[ad]/i.test(url)
}

function refused(path: string, expected: string, found: string, mend: string): CodedError {
  return new CodedError('GIT_FAILED', { expected: `${expected} for submodule ${JSON.stringify(path)}`, found, mend })
}

/** A thousand submodules take about 100 kB. */
const mostBytes = 1024 * 1024

/**
 * Its settings, none where there is no such file. `[include]` in it is not followed: it would read files of the machine.
 * @throws CodedError GIT_FAILED where it is larger than any that people write, or no configuration
 */
export async function readGitmodules(
  run: RunGit,
  revision: string,
  at: Pick<GitCall, 'gitDirectory' | 'machineSettings'>
): Promise<Settings> {
  const { stdout } = await run({ ...at, args: ['ls-tree', '-z', '-l', '--full-tree', revision, '--', '.gitmodules'] })
  const found = /^100(?:644|755) blob ([0-9a-f]+) +(\d+)\t\.gitmodules\0$/.exec(decodePath(stdout))
  // git refuses one that is a link as well.
  if (found === null) return []
  const [, objectId = '', size = ''] = found
  if (Number(size) > mostBytes) {
    throw new CodedError('GIT_FAILED', {
      expected: `a file .gitmodules of at most ${mostBytes} bytes`,
      found: `${size} bytes`,
      mend: 'remove from .gitmodules what describes no submodule'
    })
  }
  const settings = await run({ ...at, args: ['config', '--no-includes', '--blob', objectId, '--list', '-z'] })
  return parseSettings(settings.stdout)
}

/** A relative URL is none: on a runner the superproject comes over HTTPS. */
export async function sshSubmodules(run: RunGit, revision: string): Promise<readonly string[]> {
  const settings = await readGitmodules(run, revision, {})
  const value = (name: string): string => settings.findLast(([key]) => key === name)?.[1] ?? ''
  const names = settings.flatMap(([key]) => /^submodule\.(.+)\.path$/s.exec(key)?.[1] ?? [])
  const paths = [...new Set(names)]
    .filter(name => submoduleProtocol(value(`submodule.${name}.url`)) === 'ssh')
    .map(name => value(`submodule.${name}.path`))
  return [...new Set(paths)].sort()
}
