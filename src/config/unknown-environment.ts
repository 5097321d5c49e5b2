/** What is said where a name is no environment of the configuration. */
import type { Finding } from '../model/errors.js'
import type { Environment } from '../model/index.js'
import { nearest } from './check/nearest.js'

/** The word that AWS names bear is easily taken for the environment's own: the stage is looked for first. */
export function unknownEnvironment(
  asked: string,
  environments: readonly Pick<Environment, 'name' | 'stage'>[],
  otherwise = 'name one of them'
): Finding {
  const names = environments.map(({ name }) => name)
  const staged = environments.filter(({ stage }) => stage === asked).map(({ name }) => name)
  const near = nearest(asked, names)
  const meant =
    staged.length > 0
      ? `did you mean ${staged.join(' or ')}? ${asked} is its stage, write the name of the environment`
      : near === null
        ? otherwise
        : `did you mean ${near}? Write the name of the environment`
  return {
    expected: `an environment of the configuration (${names.join(', ')})`,
    found: JSON.stringify(asked),
    mend: meant
  }
}
