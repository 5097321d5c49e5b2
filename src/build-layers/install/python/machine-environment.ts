import { succeeded, type BuildDependencies } from '../../command/run-command.js'

/** The variables that a command of a build sees. */
export type MachineEnvironment = Readonly<Record<string, string | undefined>>

/** As `env` prints them: what an installer would read. Empty where there is no `env`. */
export async function readMachineEnvironment(deps: BuildDependencies): Promise<MachineEnvironment> {
  return parsed(await succeeded(['env', '-0'], deps))
}

/** The step's, secrets included: to know where they lie. */
export function readJobEnvironment(deps: BuildDependencies): Promise<MachineEnvironment> {
  return readMachineEnvironment({ ...deps, sees: () => true })
}

function parsed(printed: string | null): MachineEnvironment {
  const environment: Record<string, string> = {}
  for (const pair of (printed ?? '').split('\0')) {
    const equals = pair.indexOf('=')
    if (equals > 0) environment[pair.slice(0, equals)] = pair.slice(equals + 1)
  }
  return environment
}
