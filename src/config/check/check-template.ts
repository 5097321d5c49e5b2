/** What the key `template` of a layer means together with others. */
import type { Layer } from '../../model/index.js'
import type { ConfigPath, ConfigProblem } from './config-problem.js'
import type { RawConfig } from '../schema/schema.js'
import { unknownPlaceholder, type Placeholder } from '../../model/naming/templates.js'

const allowed: readonly Placeholder[] = ['stage', 'layer', 'environment']

/** Each of these stands in the template: said twice, one of the two would be ignored. */
const declared = ['description', 'license-info', 'compatible-runtimes', 'compatible-architectures'] as const

export function checkTemplate(raw: RawConfig, { id, template }: Layer): ConfigProblem[] {
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
