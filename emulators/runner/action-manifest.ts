import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'

/** What the runner takes from an `action.yml`. */
export interface ActionManifest {
  /** Input id → default as written (`''` where there is none). */
  readonly inputs: ReadonlyMap<string, string>
  readonly using: string
  /** Paths relative to the action's directory. */
  readonly main: string
  readonly post: string | null
  readonly postIf: string
}

interface RawManifest {
  readonly inputs?: Record<string, { default?: unknown } | null>
  readonly runs?: Record<string, unknown>
}

/** @throws {Error} where the file is missing or does not describe a JavaScript action. */
export async function readActionManifest(actionDirectory: string): Promise<ActionManifest> {
  const raw = parse(await readFile(join(actionDirectory, 'action.yml'), 'utf8')) as RawManifest
  const { using, main, post } = raw.runs ?? {}
  if (typeof using !== 'string' || !/^node\d+$/.test(using) || typeof main !== 'string') {
    throw new Error(`not a JavaScript action: runs is ${JSON.stringify(raw.runs)}`)
  }
  const inputs = Object.entries(raw.inputs ?? {}).map(([id, input]): [string, string] => [id, scalar(input?.default)])
  return {
    inputs: new Map(inputs),
    using,
    main,
    post: typeof post === 'string' ? post : null,
    postIf: scalar(raw.runs?.['post-if'] ?? 'always()')
  }
}

export interface InputVariables {
  /** `INPUT_<ID>`: upper case, spaces become `_`, hyphens stay. Every declared input is set, if only to `''`. */
  readonly variables: Readonly<Record<string, string>>
  /** The runner's warning about undeclared inputs, or `null`. They are handed on all the same. */
  readonly warning: string | null
}

/** @param github the `github` context, for defaults such as `${{ github.token }}`. Input ids are compared without regard to case. */
export function inputVariables(
  manifest: ActionManifest,
  given: Readonly<Record<string, string>>,
  github: Readonly<Record<string, string>>
): InputVariables {
  const givenIds = new Set(Object.keys(given).map(id => id.toLowerCase()))
  const declaredIds = [...manifest.inputs.keys()]
  const defaults = [...manifest.inputs].filter(([id]) => !givenIds.has(id.toLowerCase()))
  const entries = [...Object.entries(given), ...defaults.map(([id, text]) => [id, evaluate(text, github)] as const)]
  const declared = new Set(declaredIds.map(id => id.toLowerCase()))
  const unexpected = Object.keys(given).filter(id => !declared.has(id.toLowerCase()))
  return {
    variables: Object.fromEntries(entries.map(([id, value]) => [inputVariable(id), value])),
    warning:
      unexpected.length === 0
        ? null
        : `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${declaredIds.join("', '")}']`
  }
}

function inputVariable(id: string): string {
  return `INPUT_${id.replaceAll(' ', '_').toUpperCase()}`
}

/** Only `${{ github.<name> }}` is known here; any other expression is an error, not a guess. */
function evaluate(text: string, github: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (expression, inner: string) => {
    const name = /^\s*github\.([a-z_]+)\s*$/.exec(inner)?.[1]
    if (name === undefined) throw new Error(`the runner emulator cannot evaluate ${expression}`)
    return github[name] ?? ''
  })
}

function scalar(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Error(`expected a scalar in action.yml, found ${JSON.stringify(value)}`)
}
