import { appendFile, mkdir } from 'node:fs/promises'
import { basicAuthorization } from '../runner/git-http.js'
import { runGit } from './git-process.js'

export interface CheckoutOptions {
  /** What to check out: a branch, or `ref` (`refs/tags/v1`, `refs/pull/7/merge`), or a commit alone. */
  readonly branch?: string
  readonly ref?: string
  /** Default: what the branch or ref points at. Given with a branch, that commit is fetched as the branch. */
  readonly commit?: string
  /** As `fetch-depth` of actions/checkout: default 1; 0 is everything, all branches and tags. */
  readonly depth?: number
  /** Default `false`, no submodules. */
  readonly submodules?: boolean
  /** Where the token is left: in the repository's own configuration (actions/checkout up to v5, the default) or in a file that it includes (v6). */
  readonly credentials?: 'own-config' | 'included-file'
}

/**
 * Leaves in `folder` what actions/checkout leaves on a runner: a shallow fetch of one commit into a fresh repository, a
 * branch or a detached HEAD, the credentials as `http.<server>/.extraheader`.
 */
export async function checkoutAsRunner(
  folder: string,
  remote: { readonly url: string; readonly token?: string | undefined; readonly objectFormat?: string },
  options: CheckoutOptions
): Promise<void> {
  const git = (...args: string[]): Promise<string> => runGit(folder, args)
  await mkdir(folder, { recursive: true })
  await git('init', '-q', `--object-format=${remote.objectFormat ?? 'sha1'}`, '-b', 'master')
  // In one piece: each `git config` would be a process, in hundreds of checkouts.
  await appendFile(`${folder}/.git/config`, originSections(remote.url))
  if (remote.token !== undefined) {
    await leaveCredentials(folder, remote.url, remote.token, options.credentials ?? 'own-config')
  }
  const { branch, commit, depth = 1 } = options
  const ref = options.ref ?? (branch === undefined ? null : `refs/heads/${branch}`)
  const kept = ref === null ? null : trackingRef(ref)
  const wanted = commit ?? ref
  if (wanted === null) throw new Error('checkout: give a branch, a ref or a commit')
  const refspec = kept === null ? wanted : `+${wanted}:${kept}`
  const fetch = ['-c', 'protocol.version=2', 'fetch', '-q', '--no-tags', '--prune', '--no-recurse-submodules']
  if (depth > 0) await git(...fetch, `--depth=${depth}`, 'origin', refspec)
  else await git(...fetch, 'origin', ...everything, ...(ref?.startsWith('refs/pull/') === true ? [refspec] : []))
  const target = (depth === 0 ? commit : undefined) ?? kept ?? wanted
  await git('checkout', '-q', '--force', ...(branch === undefined ? ['--detach', target] : ['-B', branch, target]))
  if (options.submodules === true) await checkoutSubmodules(folder, depth)
}

const everything = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*']

/** What `git remote add origin <url>` and `git config gc.auto 0` write. */
function originSections(url: string): string {
  const value = JSON.stringify(url)
  return `[remote "origin"]\n\turl = ${value}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n[gc]\n\tauto = 0\n`
}

async function checkoutSubmodules(folder: string, depth: number): Promise<void> {
  await runGit(folder, ['submodule', '-q', 'sync'])
  const shallow = depth === 0 ? [] : [`--depth=${depth}`]
  const extraHeader = await runGit(folder, ['config', '--get-regexp', '^http\\..*\\.extraheader$']).catch(() => '')
  const credentials = extraHeader === '' ? [] : ['-c', extraHeader.replace(' ', '=')]
  const update = ['submodule', '-q', 'update', '--init', '--force', ...shallow]
  await runGit(folder, [...credentials, '-c', 'protocol.version=2', ...update])
}

async function leaveCredentials(
  folder: string,
  url: string,
  token: string,
  place: 'own-config' | 'included-file'
): Promise<void> {
  const entry = [`http.${new URL(url).origin}/.extraheader`, `AUTHORIZATION: ${basicAuthorization(token)}`]
  if (place === 'own-config') {
    await runGit(folder, ['config', '--local', ...entry])
    return
  }
  const file = `${folder}-credentials.config`
  await runGit(folder, ['config', '--file', file, ...entry])
  await runGit(folder, ['config', '--local', `includeIf.gitdir:${folder}/.git.path`, file])
}

/** Where actions/checkout puts a fetched ref. */
function trackingRef(ref: string): string {
  if (ref.startsWith('refs/tags/')) return ref
  return ref.replace(/^refs\/heads\//, 'refs/remotes/origin/').replace(/^refs\/pull\//, 'refs/remotes/pull/')
}
