import { mkdir, readlink } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { CommandFailed, type ProcessRunner } from '../../ports/process.js'
import type { Isolation } from './build-place.js'
import { enterArgv, gatheringPlace, type Entrance } from './enter.js'

/** Prints the namespace that it runs in, and whether /proc shows that one and none around it. */
const looksAround = 'read -r pid rest < /proc/self/stat; [ "$pid" = "$$" ] && readlink /proc/self/ns/pid'

/** The first way in that this machine lets us go, as it turns out by going it; else why there is none. */
export async function findIsolation({ process }: { readonly process: ProcessRunner }): Promise<Isolation> {
  const here = await readlink('/proc/self/ns/pid').catch(() => null)
  if (here === null) return { kind: 'none', why: 'this system has no namespaces of processes' }
  await mkdir(gatheringPlace, { recursive: true }).catch(() => undefined)
  let why = ''
  for (const entrance of candidates()) {
    const seen = await goThrough(process, entrance)
    if (seen.kind === 'inside' && seen.namespace !== here && seen.namespace.startsWith('pid:')) return entrance
    why = seen.kind === 'refused' ? seen.why : 'the namespace is the same inside'
  }
  return { kind: 'none', why }
}

function candidates(): readonly Entrance[] {
  const { uid, gid } = userInfo()
  if (uid === 0) return [{ kind: 'root' }]
  return [
    { kind: 'user', uid, gid },
    { kind: 'sudo', uid, gid }
  ]
}

async function goThrough(
  process: ProcessRunner,
  entrance: Entrance
): Promise<
  { readonly kind: 'inside'; readonly namespace: string } | { readonly kind: 'refused'; readonly why: string }
> {
  const argv = enterArgv(entrance, { cwd: '/', path: null, changes: [] }, ['sh', '-c', looksAround])
  try {
    const { exitCode, stdout, stderr } = await process.run({ argv, timeoutSeconds: 20 })
    if (exitCode === 0) return { kind: 'inside', namespace: Buffer.from(stdout).toString().trim() }
    return { kind: 'refused', why: stderr.trim().split('\n')[0] ?? `exit code ${exitCode}` }
  } catch (thrown) {
    if (thrown instanceof CommandFailed && thrown.reason !== 'aborted') return { kind: 'refused', why: thrown.message }
    throw thrown
  }
}
