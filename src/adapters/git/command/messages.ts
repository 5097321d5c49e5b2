/** What git says when it fails, for a person: without credentials, and with what to do about it. */
import { existsSync, lstatSync } from 'node:fs'
import { join } from 'node:path'

const mends: readonly (readonly [RegExp, (directory: string) => string])[] = [
  [
    /dubious ownership|unsafe repository/i,
    directory => `run \`git config --global --add safe.directory ${directory}\` in a step before this one`
  ],
  [/not a git repository|must be run in a work tree|invalid gitfile format/i, mendOfNoRepository],
  [
    /unknown revision|bad revision|not a valid object name|bad object|invalid object|not a tree object/i,
    () => 'fetch the commit: set `fetch-depth: 0` in actions/checkout'
  ],
  [
    /could not read Username|Authentication failed|Permission denied|access denied|returned error: 40[13]|Repository not found|returned error: 404/i,
    () => 'give the checkout a token that may read the repository (`token` of actions/checkout), or set `ssh-key` here'
  ],
  [/host key verification failed/i, () => 'set `ssh-known-hosts` to the lines that `ssh-keyscan` prints for the host'],
  [
    /could not resolve host|connection (timed out|refused|reset)|unable to access|early EOF|hung up/i,
    () => 'check that the runner reaches the remote, and run again'
  ],
  [
    /index\.lock|shallow\.lock|unable to create '.*\.lock'/i,
    () => 'end the other git process in the workspace, or remove its lock file'
  ],
  [/unknown option|usage: git/i, () => 'update git to 2.31 or newer']
]

export function mendFor(said: string, directory: string): string {
  const match = mends.find(([pattern]) => pattern.test(said))
  // git names the very path that it wants to see in safe.directory.
  const owned = /repository at '([^']+)'/.exec(said)?.[1]
  return match?.[1](owned ?? directory) ?? 'run the same git command in the workspace to see why it fails'
}

/** A `.git` that is there and leads nowhere needs another mend than none at all. */
function mendOfNoRepository(directory: string): string {
  const path = join(directory, '.git')
  const found = existsSync(path) || isLink(path) ? lstatSync(path) : null
  if (found === null) {
    return 'run actions/checkout before this action, with git installed before it, and set `working-directory` to its path'
  }
  if (found.isDirectory()) {
    return `remove the folder ${path}, which an earlier job left and which holds no repository, and run actions/checkout before this action`
  }
  return `remove the file ${path}, which names a repository that is not there, and run actions/checkout before this action (in a linked work tree run \`git worktree repair\`)`
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink()
  } catch {
    return false
  }
}

/** Credentials that git repeats in its messages and that stand in URLs. Everything a person may read passes through here. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // A bare token as the user of an HTTP URL. The user of an SSH URL (`git@`) is no secret.
  [/(https?:\/\/)[^\s/]*@/gi, '$1***@'],
  [/([?&][^?=&\s]*(?:token|secret|password|key|auth|signature)[^?=&\s]*=)[^&\s'"]+/gi, '$1***'],
  [/(authorization:\s*)(?:(?:basic|bearer|token)\s+)?\S+/gi, '$1***'],
  [/\b(?:gh[a-z]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|glpat-[\w-]{16,})/g, '***']
]

/** `text` with every credential that git could have put there replaced by `***`. */
export function redact(text: string): string {
  const words = text.replace(/\S+/g, word => (word.includes('@') ? withoutPassword(word) : word))
  return patterns.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), words)
}

/** `scheme://user:password@`, where the password may hold `@` and `/` that nobody encoded: it ends at the last `@` of the word. */
function withoutPassword(word: string): string {
  const end = word.lastIndexOf('@')
  const start = /:\/\/[^\s/@:]*:/.exec(word.slice(0, end))?.index
  return start === undefined ? word : `${word.slice(0, start)}://***${word.slice(end)}`
}
