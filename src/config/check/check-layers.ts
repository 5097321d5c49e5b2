/** What a layer's keys mean together: runtimes, description, build recipe. */
import type { Config, Layer } from '../../model/index.js'
import { sameButForCase } from './check-environments.js'
import { checkTemplate } from './check-template.js'
import { contentSuffixLength, maxDescriptionLength } from '../../model/naming/limits.js'
import type { ConfigProblem } from './config-problem.js'
import type { RawConfig } from '../schema/schema.js'

export function checkLayers(raw: RawConfig, config: Config): ConfigProblem[] {
  return [
    ...config.layers.flatMap(layer => [
      ...checkRuntimes(layer),
      ...checkDescription(layer, config),
      ...checkBuild(layer.id, raw.layers[layer.id]?.build ?? {}),
      ...checkTemplate(raw, layer)
    ]),
    ...sameButForCase(config.layers.map(({ id }) => ['layers', id]))
  ]
}

function checkRuntimes({ id, compatibleRuntimes, template }: Layer): ConfigProblem[] {
  // An own template names them itself.
  if (compatibleRuntimes.length > 0 || template != null) return []
  const finding = {
    expected: `compatible-runtimes for the layer ${id}`,
    found: 'none, neither here nor under defaults',
    mend: 'add for example compatible-runtimes: [python3.10] here or under defaults'
  }
  return [{ path: ['layers', id], at: 'key', finding }]
}

function checkDescription({ id, description }: Layer, config: Config): ConfigProblem[] {
  const most = maxDescriptionLength - contentSuffixLength
  const direct = config.environments.find(({ engine }) => engine === 'lambda')
  if (direct === undefined || description === null || description.length <= most) return []
  const finding = {
    expected: `a description of at most ${most} characters with engine lambda, which adds the content digest`,
    found: `${description.length} characters, and the environment ${direct.name} uses that engine`,
    mend: 'shorten the description'
  }
  return [{ path: ['layers', id, 'description'], finding }]
}

function checkBuild(id: string, build: NonNullable<RawConfig['layers'][string]['build']>): ConfigProblem[] {
  const alsoGiven = (['method', 'requirements', 'installer', 'source-distributions', 'source'] as const).filter(
    key => build[key] !== undefined
  )
  if (build.command !== undefined && alsoGiven.length > 0) {
    const found = `command and ${alsoGiven.join(', ')}`
    const expected = 'either command, or requirements with what belongs to it'
    return [
      {
        path: ['layers', id, 'build', 'command'],
        at: 'key',
        finding: { expected, found, mend: 'delete one of the two' }
      }
    ]
  }
  const { method } = build
  if (build.source !== undefined && build.requirements === undefined && method === undefined) {
    const finding = {
      expected: 'source together with requirements, or with method: requirements or prebuilt',
      found: 'source alone',
      mend: 'add one of them, or delete source: without them the folder decides'
    }
    return [{ path: ['layers', id, 'build', 'source'], at: 'key', finding }]
  }
  const beside = build.requirements !== undefined ? 'requirements' : build.source !== undefined ? 'source' : undefined
  const contradicts =
    method === 'project' ? beside : method === 'prebuilt' && beside === 'requirements' ? beside : undefined
  if (contradicts !== undefined) {
    const finding = {
      expected: `method: ${method ?? ''} without ${contradicts}`,
      found: `method: ${method ?? ''} and ${contradicts}`,
      mend: 'delete one of the two'
    }
    return [{ path: ['layers', id, 'build', contradicts], at: 'key', finding }]
  }
  return []
}
