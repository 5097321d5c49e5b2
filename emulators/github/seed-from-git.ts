/** Tells the emulated GitHub what a real repository holds, as a push of all its branches would. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Seed } from './seed.js'
import type { CommitFile } from './world.js'

const kinds: Readonly<Record<string, CommitFile['status']>> = { A: 'added', D: 'removed', M: 'modified', T: 'modified' }
const recordMark = '\u001e'
const fieldMark = '\u001f'

/** Seeds every commit and branch of the repository in `directory`; call it again after new commits. */
export async function seedFromGit(seed: Seed, directory: string, repository?: string): Promise<void> {
  const where = repository === undefined ? {} : { repository }
  const fields = ['%H', '%P', '%an', '%ae', '%at', '%s'].join('%x1f')
  const options = ['--all', '--topo-order', '--reverse', '--name-status', '--no-renames', '--ignore-submodules=none']
  const log = await git(directory, 'log', ...options, `--format=%x1e${fields}`)
  for (const record of log.split(recordMark).slice(1)) {
    const [heading = '', ...changes] = record.split('\n')
    const [sha = '', parents = '', name = '', email = '', seconds = '0', message = ''] = heading.split(fieldMark)
    const files = changes.filter(line => line !== '').map(readChange)
    const author = { name, email, login: null }
    const history = { parents: parents.split(' ').filter(id => id !== ''), date: Number(seconds) * 1000, files }
    seed.commit({ ...where, sha, message, author, ...history })
  }
  const refs = await git(directory, 'for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads/')
  for (const line of refs.split('\n').filter(text => text !== '')) {
    const [sha = '', name = ''] = line.split(' refs/heads/')
    seed.branch(name, sha, repository)
  }
}

function readChange(line: string): CommitFile {
  const [letter = '', path = ''] = line.split('\t')
  const status = kinds[letter]
  if (status === undefined) throw new Error(`unexpected line of git log --name-status: ${line}`)
  return { path, status }
}

async function git(directory: string, ...args: readonly string[]): Promise<string> {
  const argv = ['-C', directory, '-c', 'core.quotePath=false', ...args]
  const { stdout } = await promisify(execFile)('git', argv, { maxBuffer: 64 * 1024 * 1024, timeout: 60_000 })
  return stdout
}
