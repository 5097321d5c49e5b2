/** The commit graph: what a revision names, and how two commits stand to each other. */
import type { CommitFile, CommitRecord, World } from './world.js'

/** A commit by full or abbreviated id, branch, `heads/BRANCH` or `refs/heads/BRANCH`; `null` where there is none. */
export function resolveRevision(world: World, repository: string, revision: string): CommitRecord | null {
  const branchName = revision.replace(/^(refs\/)?heads\//, '')
  const branch = world.state.branches.find(b => b.repository === repository && b.name === branchName)
  return findCommit(world, repository, branch?.sha ?? revision)
}

function findCommit(world: World, repository: string, id: string): CommitRecord | null {
  if (!/^[0-9a-f]{7,64}$/.test(id)) return null
  const found = world.state.commits.find(c => c.repository === repository && c.sha.startsWith(id))
  if (found !== undefined) return found
  return world.acceptUnknownCommits && /^[0-9a-f]{40}$/.test(id) ? bareCommit(repository, id) : null
}

function bareCommit(repository: string, sha: string): CommitRecord {
  const author = { name: 'Octo Cat', email: 'octocat@example.com', login: 'octocat' }
  return { repository, sha, parents: [], message: 'not seeded', author, date: 0, files: [] }
}

/** The commit and everything before it, newest first. */
export function ancestry(world: World, commit: CommitRecord): CommitRecord[] {
  const seen = new Map<string, CommitRecord>()
  const waiting = [commit]
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (seen.has(next.sha)) continue
    seen.set(next.sha, next)
    for (const parent of next.parents) {
      const record = findCommit(world, commit.repository, parent)
      if (record !== null) waiting.push(record)
    }
  }
  return [...seen.values()]
}

export interface Comparison {
  readonly status: 'identical' | 'ahead' | 'behind' | 'diverged'
  readonly mergeBase: CommitRecord
  /** Commits of the head that the base lacks, oldest first. */
  readonly ahead: readonly CommitRecord[]
  readonly behindBy: number
  readonly files: readonly CommitFile[]
}

/** `null` where the two share no history. */
export function compareCommits(world: World, base: CommitRecord, head: CommitRecord): Comparison | null {
  const ofBase = ancestry(world, base)
  const ofHead = ancestry(world, head)
  const inBase = new Set(ofBase.map(c => c.sha))
  const inHead = new Set(ofHead.map(c => c.sha))
  const mergeBase = ofHead.find(c => inBase.has(c.sha))
  if (mergeBase === undefined) return null
  const ahead = ofHead.filter(c => !inBase.has(c.sha)).reverse()
  const behindBy = ofBase.filter(c => !inHead.has(c.sha)).length
  const files = new Map(ahead.flatMap(c => c.files).map(file => [file.path, file]))
  return { status: relation(ahead.length, behindBy), mergeBase, ahead, behindBy, files: [...files.values()] }
}

function relation(ahead: number, behind: number): Comparison['status'] {
  if (ahead === 0) return behind === 0 ? 'identical' : 'behind'
  return behind === 0 ? 'ahead' : 'diverged'
}
