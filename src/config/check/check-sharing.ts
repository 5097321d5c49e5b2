/** Who layer versions are shared with, and the parameters that name them: right by AWS's rules, and meant. */
import { quoted } from '../../model/errors.js'
import type { Config } from '../../model/index.js'
import { brokenParameterRule } from '../../model/naming/limits.js'
import type { ConfigPath, ConfigProblem } from './config-problem.js'
import { ssmParameterOf } from '../../model/naming/names.js'
import type { RawEnvironment } from '../schema/schema.js'

/** What everybody may read is said twice: one word must not publish a team's code. */
export function checkSharing([name, environment]: readonly [
  name: string,
  environment: RawEnvironment
]): ConfigProblem[] {
  const { 'share-with': shareWith, 'share-publicly': publicly } = environment
  const at = (key: string, ...rest: readonly number[]): ConfigPath => ['environments', name, key, ...rest]
  if (shareWith === 'public' && publicly !== true) {
    const finding = {
      expected: 'share-publicly: true beside share-with: public, since every AWS account could read the layers',
      found: 'share-with: public alone',
      mend: 'add share-publicly: true if that is what you mean, or name accounts or an organization'
    }
    return [{ path: at('share-with'), finding }]
  }
  if (publicly === true && shareWith !== 'public') {
    const finding = {
      expected: 'share-publicly beside share-with: public alone',
      found: shareWith === undefined ? 'no share-with' : 'share-with that names others',
      mend: 'delete share-publicly'
    }
    return [{ path: at('share-publicly'), at: 'key', finding }]
  }
  const own = typeof shareWith === 'object' ? shareWith.indexOf(environment['account-id']) : -1
  if (own === -1) return []
  const finding = {
    expected: 'share-with to name other accounts',
    found: `${quoted(environment['account-id'])}, the account of ${name} itself, which may use its layers anyway`,
    mend: 'delete it from the list'
  }
  return [{ path: at('share-with', own), finding }]
}

/** Placeholders must have been checked before: an unknown one throws here. */
export function checkParameters(config: Config): ConfigProblem[] {
  const owners = new Map<string, string>()
  return config.environments.flatMap(environment => {
    const path: ConfigPath = ['environments', environment.name, 'ssm-parameter']
    for (const { id } of config.layers) {
      for (const region of environment.regions) {
        const parameter = ssmParameterOf(environment, { id }, region)
        if (parameter === null) return []
        const broken = brokenParameterRule(parameter)
        const where = `layer ${id} in ${environment.name}`
        if (broken !== null) {
          const expected = `a parameter name as AWS Systems Manager allows it: ${broken}`
          const found = `${quoted(parameter)} for ${where}`
          return [
            { path, finding: { expected, found, mend: 'correct ssm-parameter, for example /layers/{stage}/{layer}' } }
          ]
        }
        const key = `${environment.accountId} ${region} ${parameter}`
        const owner = owners.get(key)
        if (owner !== undefined) {
          const expected = 'each parameter name once in an account and region'
          const found = `${quoted(parameter)} for ${owner} and for ${where}`
          return [{ path, finding: { expected, found, mend: 'put {layer} and {stage} into ssm-parameter' } }]
        }
        owners.set(key, where)
      }
    }
    return []
  })
}
