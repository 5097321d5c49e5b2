import { runGit } from './git-process.js'

/** A file's text or bytes; a link; a gitlink; an executable; `null` removes the path. */
type FileContent =
  string | Buffer | null | { readonly link: string } | { readonly gitlink: string } | { readonly executable: string }
/** Path in the repository, `/` as separator → content. */
export type Files = Readonly<Record<string, FileContent>>

export interface NewCommit {
  readonly branch: string
  readonly files: Files
  readonly message: string
  /** Author's and committer's date. */
  readonly seconds: number
  /** A commit or branch to start from; default the branch itself, which may not exist yet. */
  readonly from?: string | undefined
}

/**
 * Commits to a branch of a bare repository without a work tree, by one `git fast-import`, so that paths that no file system
 * takes can be committed too. Returns the commit's id.
 */
export async function commitFiles(repository: string, commit: NewCommit): Promise<string> {
  const reference = `refs/heads/${commit.branch}`
  const parent = await runGit(repository, [
    'rev-parse',
    '-q',
    '--verify',
    `${commit.from ?? reference}^{commit}`
  ]).catch(() => null)
  if (parent === null && commit.from !== undefined) throw new Error(`no such commit: ${commit.from}`)
  const parts = [
    `commit ${reference}\nmark :1\ncommitter Octo Cat <octocat@example.com> ${commit.seconds} +0000\n`,
    data(Buffer.from(commit.message)),
    parent === null ? '' : `from ${parent}\n`,
    ...Object.entries(commit.files).map(([path, content]) => change(path, content)),
    '\nget-mark :1\ndone\n'
  ]
  const stdin = Buffer.concat(parts.map(part => Buffer.from(part)))
  // --force: with `from` a branch may be moved to where it did not stand before.
  return runGit(repository, ['fast-import', '--quiet', '--done', '--force', '--date-format=raw'], { stdin })
}

function change(path: string, content: FileContent): Buffer {
  const name = `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
  if (content === null) return Buffer.from(`D ${name}\n`)
  if (typeof content === 'string' || Buffer.isBuffer(content)) return inline('100644', name, content)
  if ('link' in content) return inline('120000', name, content.link)
  if ('executable' in content) return inline('100755', name, content.executable)
  return Buffer.from(`M 160000 ${content.gitlink} ${name}\n`)
}

function inline(mode: string, name: string, content: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from(`M ${mode} inline ${name}\n`), data(Buffer.from(content))])
}

function data(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')])
}
