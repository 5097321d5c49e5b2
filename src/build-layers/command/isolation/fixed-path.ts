/** Fixed paths where there are no namespaces: the folders themselves move there while a command runs, one run at a time. */
import { chmod, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command, CommandResult } from '../../../ports/process.js'
import { gatheringPlace } from './enter.js'

export interface FixedFolder {
  readonly from: string
  readonly to: string
}

/** Longer than a command may take by default. */
const longestWaitSeconds = 20 * 60
const lookAgainMilliseconds = 100

/**
 * Runs a command with its folders moved to their fixed paths; a link stands where they were meanwhile. Where they cannot be moved (another disk, another user's folder)
 * it runs where they are.
 */
export async function atFixedPath(
  folders: readonly FixedFolder[],
  run: (at: (command: Command) => Command) => Promise<CommandResult>
): Promise<CommandResult> {
  const [first] = folders
  const release = first === undefined ? null : await lock(dirname(first.to))
  if (release === null) return run(command => command)
  const moved: FixedFolder[] = []
  try {
    for (const folder of folders) if (await moveThere(folder)) moved.push(folder)
    return await run(command => translated(command, moved))
  } finally {
    for (const { from, to } of moved) {
      await rm(from)
      await rename(to, from)
    }
    await release()
  }
}

async function moveThere({ from, to }: FixedFolder): Promise<boolean> {
  try {
    // Of a run that was killed in the middle.
    await rm(to, { recursive: true, force: true })
    await rename(from, to)
  } catch {
    return false
  }
  await symlink(to, from)
  return true
}

/** Takes the place for this process. `null` where it cannot be had. */
async function lock(place: string): Promise<(() => Promise<void>) | null> {
  const file = `${place}.lock`
  const own = String(process.pid)
  const until = Date.now() + longestWaitSeconds * 1000
  try {
    await mkdir(gatheringPlace, { recursive: true })
    // Other users of the machine build too.
    await chmod(gatheringPlace, 0o1777).catch(() => undefined)
    while (!(await claim(file, own))) {
      const holder = await readFile(file, 'utf8').catch(() => '')
      if (holder !== '' && !isAlive(Number(holder))) await takeFrom(file, holder)
      else if (Date.now() > until) return null
      else await sleep(lookAgainMilliseconds)
    }
  } catch {
    return null
  }
  try {
    await mkdir(place, { recursive: true, mode: 0o700 })
  } catch {
    await rm(file, { force: true })
    return null
  }
  return () => rm(file, { force: true })
}

async function claim(file: string, own: string): Promise<boolean> {
  try {
    await writeFile(file, own, { flag: 'wx' })
    return true
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw thrown
  }
}

/** Only one of several that wait takes a dead holder's lock away: what was taken must be what was judged. */
async function takeFrom(file: string, holder: string): Promise<void> {
  const aside = `${file}.${process.pid}`
  await rename(file, aside).catch(() => undefined)
  const taken = await readFile(aside, 'utf8').catch(() => holder)
  if (taken === holder) await rm(aside, { force: true })
  else await rename(aside, file)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The command with the fixed paths instead of the real ones. */
export function translated(command: Command, folders: readonly FixedFolder[]): Command {
  const there = (text: string): string => folders.reduce((result, { from, to }) => result.replaceAll(from, to), text)
  const [program, ...args] = command.argv
  const env = Object.entries(command.env ?? {}).map(
    ([name, value]) => [name, value === undefined ? value : there(value)] as const
  )
  return {
    ...command,
    argv: [program, ...args.map(there)],
    env: Object.fromEntries(env),
    ...(command.cwd === undefined ? {} : { cwd: there(command.cwd) })
  }
}
