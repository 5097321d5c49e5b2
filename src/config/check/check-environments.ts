/** What the environments mean together: branches, accounts, partitions, encryption, promotion. */
import { quoted } from '../../model/errors.js'
import { type ConfigPath, type ConfigProblem, dotted } from './config-problem.js'
import { nearest } from '../../model/naming/nearest.js'
import { checkSharing } from './check-sharing.js'
import { partitionOf } from '../../model/naming/regions.js'
import type { RawConfig, RawEnvironment } from '../schema/schema.js'
import { type Placeholder, allowedPlaceholders, unknownPlaceholder } from '../../model/naming/names.js'

type Named = readonly [name: string, environment: RawEnvironment]

export function checkEnvironments(config: RawConfig): ConfigProblem[] {
  const environments = Object.entries(config.environments)
  return [
    ...environments.flatMap(environment => [
      ...checkPartition(environment),
      ...checkTemplates(environment),
      ...checkStackKeys(environment),
      ...checkSharing(environment),
      ...checkEncryption(environment),
      ...checkPromotion(environment, config.environments)
    ]),
    ...checkBranches(environments),
    ...checkStages(environments),
    ...sameButForCase(environments.map(([name]) => ['environments', name]))
  ]
}

function checkPartition([name, { regions }]: Named): ConfigProblem[] {
  const expected = partitionOf(regions[0] ?? '')
  const other = regions.findIndex(region => partitionOf(region) !== expected)
  if (other === -1) return []
  const region = regions[other] ?? ''
  return [
    {
      path: ['environments', name, 'regions', other],
      finding: {
        expected: `regions of one partition, here ${expected}`,
        found: `${region} of ${partitionOf(region)}`,
        mend: 'give each partition an environment of its own: an account lives in one partition'
      }
    }
  ]
}

function checkTemplates([name, environment]: Named): ConfigProblem[] {
  const keys = Object.keys(allowedPlaceholders) as (keyof typeof allowedPlaceholders)[]
  return keys.flatMap(key => {
    const allowed: readonly Placeholder[] = allowedPlaceholders[key]
    const unknown = unknownPlaceholder(environment[key] ?? '', allowed)
    if (unknown === null) return []
    const near = nearest(unknown.replace(/[{}]/g, ''), allowed)
    const names = allowed.map(placeholder => `{${placeholder}}`).join(', ')
    const mend = near === null ? 'replace it by one of these' : `write {${near}} if that is what you mean`
    return [
      {
        path: ['environments', name, key],
        finding: { expected: `no placeholders but ${names} in ${key}`, found: unknown, mend }
      }
    ]
  })
}

/** A key without effect is refused, never ignored. */
function checkStackKeys([name, environment]: Named): ConfigProblem[] {
  if (environment.engine !== 'lambda') return []
  return (['stack-name', 'termination-protection', 'recreate-failed-stacks', 'ssm-parameter'] as const).flatMap(key => {
    if (environment[key] === undefined) return []
    const finding = {
      expected: `${key} with the engine cloudformation only`,
      found: 'engine: lambda, which makes no stack',
      mend:
        key === 'ssm-parameter' ? 'use engine: cloudformation, or delete ssm-parameter' : `delete ${key}, or the engine`
    }
    return [{ path: ['environments', name, key], at: 'key', finding }]
  })
}

function checkPromotion([name, environment]: Named, all: RawConfig['environments']): ConfigProblem[] {
  const from = environment['promote-from']
  if (from === undefined) return []
  const path: ConfigPath = ['environments', name, 'promote-from']
  const others = Object.keys(all).filter(other => other !== name)
  if (!others.includes(from)) {
    const near = nearest(from, others)
    const mend = near === null ? 'write one of these, or leave the key out' : `write ${near} if that is what you mean`
    const expected = `the name of another environment (${others.map(other => quoted(other)).join(', ') || 'there is none'})`
    return [{ path, finding: { expected, found: quoted(from), mend } }]
  }
  const way = [name]
  for (let next: string | undefined = from; next !== undefined; next = all[next]?.['promote-from']) {
    if (next === name) {
      const found = [...way, name].join(' ← ')
      return [
        { path, finding: { expected: 'promotion without a cycle', found, mend: 'leave promote-from out of one' } }
      ]
    }
    // A cycle further on is reported by its own members.
    if (way.includes(next)) return []
    way.push(next)
  }
  return []
}

function checkBranches(environments: readonly Named[]): ConfigProblem[] {
  const owners = new Map<string, string>()
  return environments.flatMap(([name, { branch }]) => {
    const branches = typeof branch === 'string' ? [branch] : branch
    return branches.flatMap((each, index) => {
      const owner = owners.get(each)
      owners.set(each, owner ?? name)
      if (owner === undefined || owner === name) return []
      const path: ConfigPath = ['environments', name, 'branch', ...(typeof branch === 'string' ? [] : [index])]
      const found = `${quoted(each)} in ${owner} and in ${name}`
      return [
        { path, finding: { expected: 'each branch in one environment', found, mend: 'take it out of one of the two' } }
      ]
    })
  })
}

/** The same account and stage is one set of names for two owners. */
function checkStages(environments: readonly Named[]): ConfigProblem[] {
  const owners = new Map<string, string>()
  return environments.flatMap(([name, environment]) => {
    const key = `${environment['account-id']} ${environment.stage}`
    const owner = owners.get(key)
    owners.set(key, owner ?? name)
    if (owner === undefined) return []
    const found = `account ${environment['account-id']} with stage ${quoted(environment.stage)} in ${owner} and in ${name}`
    const mend = 'give one of the two another stage, or put their regions and branches into one environment'
    return [
      {
        path: ['environments', name, 'stage'],
        finding: { expected: 'each account and stage in one environment', found, mend }
      }
    ]
  })
}

/** GitHub compares environment names, step outputs and file names of some machines without case. */
export function sameButForCase(paths: readonly (readonly [section: string, name: string])[]): ConfigProblem[] {
  const seen = new Map<string, string>()
  return paths.flatMap(path => {
    const name = path[1]
    const other = seen.get(name.toLowerCase())
    seen.set(name.toLowerCase(), name)
    if (other === undefined) return []
    const found = `${quoted(other)} and ${quoted(name)}`
    return [
      {
        path,
        at: 'key',
        finding: {
          expected: `names that differ by more than case in ${dotted(path.slice(0, 1))}`,
          found,
          mend: 'rename one of the two'
        }
      }
    ]
  })
}

/** A key of AWS KMS serves one region: that of the bucket whose objects it encrypts. */
function checkEncryption([name, environment]: readonly [name: string, environment: RawEnvironment]): ConfigProblem[] {
  const { encryption, regions } = environment
  if (encryption === undefined || encryption === 'aes256') return []
  const [, partition = '', , keyRegion = ''] = encryption['kms-key'].split(':')
  const path = ['environments', name, 'encryption', 'kms-key']
  const other = regions.find(region => region !== keyRegion)
  if (keyRegion !== '{region}' && other !== undefined) {
    const finding = {
      expected: `a key in ${other}, where its bucket lies: S3 uses no key of another region`,
      found: `one in ${keyRegion}`,
      mend:
        regions.length === 1
          ? `name a key in ${other}`
          : 'write {region} in place of the region, with a multi-Region key that has a replica in each'
    }
    return [{ path, finding }]
  }
  const wanted = partitionOf(regions[0] ?? '')
  if (partition === wanted) return []
  const finding = { expected: `a key of the partition ${wanted}`, found: partition, mend: `write arn:${wanted}:kms:…` }
  return [{ path, finding }]
}
