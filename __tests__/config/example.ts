/** The configuration of the design page, and edits of it. */
import { isDeepStrictEqual } from 'node:util'
import { parse, stringify } from 'yaml'
import { CodedError } from '../../src/model/errors.js'
import type { Config } from '../../src/model/index.js'
import { acceptConfig } from '../../src/config/read/config-file.js'
import { readPlainYaml } from '../../src/config/read/plain-yaml.js'
import { parseConfig } from '../../src/config/load.js'

export const file = '.github/layer-deploy.yml'

export const example = `version: 1
environments:
  sandbox:
    branch: test                       # exact name or list of names; one branch maps to one environment
    stage: dev
    account-id: "111122223333"         # quoted, 12 digits
    regions: [us-east-2]
    artifact-bucket: 111122223333-code-deployment
  production:
    branch: main
    stage: prod
    account-id: "444455556666"
    regions: [us-east-2]
    artifact-bucket: 444455556666-code-deployment
    promote-from: sandbox              # refuse what the sandbox has not proven
defaults:
  compatible-runtimes: [python3.10]
  compatible-architectures: [x86_64]
layers:
  da_flask:
    path: da_flask                     # a submodule, or any folder
    also-watch: [constraints.txt]      # further paths that the layer is built from
  da_framework:
    path: da_framework
    build: { requirements: requirements.txt, exclude: ["**/tests/**"] }
`

/** The example with a piece of its text replaced; throws where the piece does not occur. */
export function edited(...edits: readonly (readonly [piece: string, by: string])[]): string {
  return edits.reduce((text, [piece, by]) => {
    if (!text.includes(piece)) throw new Error(`not in the example: ${piece}`)
    return text.replace(piece, () => by)
  }, example)
}

/** The example with a value set at `path` (`undefined` deletes it), written anew as YAML. */
export function withValue(path: readonly (string | number)[], value: unknown): string {
  const root = parse(example) as Record<string | number, unknown>
  const parent = path.slice(0, -1).reduce((at, key) => (at[key] ??= {}) as Record<string | number, unknown>, root)
  const key = path.at(-1) ?? ''
  if (value === undefined) Reflect.deleteProperty(parent, key)
  else parent[key] = value
  return stringify(root, { lineWidth: 0 })
}

/** What `parseConfig` throws; fails where it throws nothing, or anything but a coded error. */
export function refusal(text: string): CodedError {
  try {
    accepted(text)
  } catch (error) {
    if (error instanceof CodedError) return error
    throw error
  }
  throw new Error('the configuration was accepted')
}

/** What both readers make of it; fails where the quick one judges otherwise than the one that explains, of what it can read. */
export function accepted(text: string): Config {
  const quick = acceptConfig(text, file)
  if (quick === null && readPlainYaml(text) === null) return parseConfig(text, file)
  try {
    const config = parseConfig(text, file)
    if (isDeepStrictEqual(quick, config)) return config
  } catch (error) {
    if (quick === null) throw error
  }
  throw new Error(`acceptConfig and parseConfig disagree on ${text}`)
}

/** `line:column` of the first place where `piece` stands in the text. */
export function placeOf(text: string, piece: string): string {
  const before = text.slice(0, text.indexOf(piece)).split('\n')
  if (!text.includes(piece)) throw new Error(`not in the text: ${piece}`)
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`
}

export function place(error: CodedError): string {
  return `${error.location?.line ?? 0}:${error.location?.column ?? 0}`
}
