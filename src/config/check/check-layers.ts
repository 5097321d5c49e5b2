/** What a layer's keys mean together: runtimes, description, build recipe, template. */
import type { Config, Layer } from '../../model/index.js'
import { sameButForCase } from './check-environments.js'
import { contentSuffixLength, maxDescriptionLength } from '../../model/naming/limits.js'
import type { ConfigProblem, ConfigPath } from './config-problem.js'
import type { RawConfig } from '../schema/schema.js'
import { unknownPlaceholder, type Placeholder } from '../../model/naming/names.js'

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

/** In a template parameter. */
const allowed: readonly Placeholder[] = ['stage', 'layer', 'environment']

/** Each of these stands in the template: said twice, one of the two would be ignored. */
const declared = ['description', 'license-info', 'compatible-runtimes', 'compatible-architectures'] as const

function checkTemplate(raw: RawConfig, { id, template }: Layer): ConfigProblem[] {
  if (template == null) return []
  const layer = raw.layers[id]
  const at = (...path: readonly string[]): ConfigPath => ['layers', id, ...path]
  const problems: ConfigProblem[] = declared
    .filter(key => layer?.[key] !== undefined)
    .map(key => {
      const expected = `${key} in the template ${template.file} alone`
      const mend = `delete ${key} here, and declare it in the template`
      return { path: at(key), at: 'key', finding: { expected, found: `${key} beside template`, mend } }
    })
  const direct = Object.entries(raw.environments).find(([, { engine }]) => engine === 'lambda')
  if (direct !== undefined) {
    const expected = 'template with the engine cloudformation only'
    const found = `the environment ${direct[0]} with engine: lambda, which makes no stack`
    problems.push({
      path: at('template'),
      at: 'key',
      finding: { expected, found, mend: 'delete template, or the engine' }
    })
  }
  for (const [name, value] of Object.entries(template.parameters)) {
    const unknown = unknownPlaceholder(value, allowed)
    if (unknown === null) continue
    const expected = `no placeholders but ${allowed.map(one => `{${one}}`).join(', ')} in a template parameter`
    const finding = { expected, found: unknown, mend: 'replace it by one of these' }
    problems.push({ path: at('template', 'parameters', name), finding })
  }
  return problems
}
