import { access, constants } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'
import { CommandFailed, type Command, type ProcessRunner } from '../../ports/process.js'
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
