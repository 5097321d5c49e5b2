/** Where the commands of a build run: apart from the job where the machine can do that, and at fixed paths. */
import { access, constants, mkdir, readlink } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import { userInfo } from 'node:os'
import { CommandFailed, type Command, type ProcessRunner } from '../../../ports/process.js'
import { enterArgv, gatheringPlace, type Change, type Entrance } from './enter.js'
import { atFixedPath, translated, type FixedFolder } from './fixed-path.js'
import { hiddenPaths, pathsInUse } from './hidden-paths.js'

/** How the commands of a run's builds are kept from its secrets. */
export type Isolation = Entrance | { readonly kind: 'none'; readonly why: string }

export interface PlaceRequest {
  readonly fixed: readonly FixedFolder[]
  readonly isolation: Isolation
  /** Variables of the step that the build may see beside the ordinary ones. */
  readonly named: readonly string[]
  readonly sees: (name: string) => boolean
  /** The step's environment, secrets included. */
  readonly job: Readonly<Record<string, string | undefined>>
  /** The superproject's. */
  readonly checkout: string | undefined
}

/** What the commands of a layer's build read and write, by the names that it has at its fixed path. */
export function fixedFolders(layerId: string, folders: Readonly<Record<string, string>>): readonly FixedFolder[] {
  return Object.entries(folders).map(([name, from]) => ({ from, to: `${gatheringPlace}/${layerId}/${name}` }))
}

/**
 * Runs the commands of one build where its folders have paths that depend on the layer alone, since compilers write paths into what they compile, and, where the
 * machine lets us, apart from the job's processes and secrets. Throws `CommandFailed` as the runner does.
 */
export async function buildPlace(request: PlaceRequest, process: ProcessRunner): Promise<ProcessRunner> {
  const { isolation, fixed, sees: inherit } = request
  if (isolation.kind === 'none') {
    return { run: command => atFixedPath(fixed, at => process.run({ ...at(command), inherit })) }
  }
  const hidden = await hiddenPaths(request.job, request.named, request.checkout)
  const visible = Object.fromEntries(Object.entries(request.job).filter(([name]) => request.sees(name)))
  const changes: readonly Change[] = [
    ...fixed.map(({ from, to }) => ({ kind: 'place', from, to }) as const),
    ...hidden.map(path => ({ kind: 'hide', path }) as const),
    ...pathsInUse({ ...visible, folders: fixed.map(({ from }) => from).join(':') }, hidden).map(
      path => ({ kind: 'show', path }) as const
    )
  ]
  return {
    run: async command => {
      const { argv, cwd = '/', env, ...rest } = translated(command, fixed)
      const path = env?.['PATH'] ?? request.job['PATH']
      await mustExist(argv, path)
      const inside = { cwd, path: path ?? null, changes }
      return process.run({ ...rest, argv: enterArgv(isolation, inside, argv), env: { ...env }, inherit })
    }
  }
}

/** Inside, a program that is missing would be one more exit code. */
async function mustExist(argv: Command['argv'], path: string | undefined): Promise<void> {
  const [program] = argv
  if (program.includes('/') && !isAbsolute(program)) return
  const candidates = isAbsolute(program)
    ? [program]
    : (path ?? '')
        .split(delimiter)
        .filter(isAbsolute)
        .map(folder => join(folder, program))
  for (const candidate of candidates) {
    if (
      await access(candidate, constants.X_OK).then(
        () => true,
        () => false
      )
    )
      return
  }
  throw new CommandFailed('not-found', argv, `${program}: not found on PATH`)
}

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
