import { assertProfile, profileNames } from '../../adapters/aws/credentials.js'
import type { CommandLine } from '../command-line.js'

/**
 * Which profile an environment is read with: `name` for all, or `<environment>=<name>` for one.
 * @returns `null` for an environment that no profile is given for: the SDK's own choice
 * @throws CodedError PROFILE_NOT_FOUND
 */
export function profileChoice(
  given: string | readonly string[] | undefined,
  environment: CommandLine['environment']
): (environment: string) => string | null {
  const names = profileNames(environment)
  const choices = [given ?? []].flat().map(text => {
    const [, of = null, name = text] = names.includes(text) ? [] : (/^([^=]+)=(.+)$/.exec(text) ?? [])
    assertProfile(name, environment)
    return { of, name }
  })
  return wanted => (choices.find(({ of }) => of === wanted) ?? choices.find(({ of }) => of === null))?.name ?? null
}
