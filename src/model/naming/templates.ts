/** Name templates: text with `{stage}`, `{layer}`, `{region}`, `{environment}`. */
export type Placeholder = 'stage' | 'layer' | 'region' | 'environment'

/** Where a template stands decides what it may hold: a bucket serves all layers, and names repeat in every region. */
export const allowedPlaceholders = {
  'artifact-bucket': ['stage', 'region', 'environment'],
  'layer-name': ['stage', 'layer', 'environment'],
  'stack-name': ['stage', 'layer', 'environment'],
  'ssm-parameter': ['stage', 'layer', 'region', 'environment']
} as const satisfies Record<string, readonly Placeholder[]>

/** The first `{…}` or lone brace that is none of `allowed`; `null` where the template is right. */
export function unknownPlaceholder(template: string, allowed: readonly Placeholder[]): string | null {
  for (const [part, name] of template.matchAll(/\{([^{}]*)\}|[{}]/g)) {
    if (name === undefined || !(allowed as readonly string[]).includes(name)) return part
  }
  return null
}

/** Throws where the template holds a placeholder without a value: `parseConfig` lets none through. */
export function expandTemplate(template: string, values: Partial<Readonly<Record<Placeholder, string>>>): string {
  return template.replace(/\{([^{}]*)\}/g, (part, name: string) => {
    const value = Object.entries(values).find(([placeholder]) => placeholder === name)?.[1]
    if (value === undefined) throw new Error(`no value for ${part} in the template ${JSON.stringify(template)}`)
    return value
  })
}
