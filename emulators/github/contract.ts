/** GitHub's own description of the operations: which request matches which, and what may go in and come out. */
import { readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required?: boolean
  readonly schema: object
}
type Content = Readonly<Record<string, { readonly schema: object }>>
interface Described {
  readonly operationId: string
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[]
  readonly requestBody?: { readonly required?: boolean; readonly content?: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

/** emulators/github/openapi.json, as scripts/cut-openapi.mjs writes it. */
export interface Fixture {
  readonly source: {
    readonly package: string
    readonly license: string
    readonly file: string
    readonly sha256: string
  }
  readonly descriptionSha256: string
  readonly description: {
    readonly openapi: string
    readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
    readonly components: {
      readonly parameters: Readonly<Record<string, Parameter>>
      readonly schemas: Readonly<Record<string, object>>
    }
  }
}

/** A described operation with the validators of everything that it exchanges. */
export interface Route {
  readonly id: string
  /** Upper case. */
  readonly method: string
  /** `/repos/{owner}/{repo}/statuses/{sha}` */
  readonly template: string
  /** Path parameters of `path` (without the API root), `null` where it is another route's. */
  match(path: string): Record<string, string> | null
  /** Complaints about path parameters; numbers in the path must be numbers. */
  checkParams(params: Record<string, string>): string[]
  /** Complaints; on none, `query` has been coerced to the described types. */
  checkQuery(query: Record<string, unknown>): string[]
  checkBody(body: unknown): string[]
  /** Complaints about an answer of the emulator. */
  checkResponse(status: number, body: unknown): string[]
}

export function readFixture(): Fixture {
  return JSON.parse(readFileSync(new URL('./openapi.json', import.meta.url), 'utf8')) as Fixture
}

/** Routes with the most literal segments first, so that `/commits/{ref}/status` is tried before `/commits/{ref}`. */
function readRoutes(fixture: Fixture): Route[] {
  const exact = validator(false)
  const coercing = validator(true)
  for (const ajv of [exact, coercing]) ajv.addSchema(fixture.description, 'github')
  const routes = Object.entries(fixture.description.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, described]) =>
      describeRoute(fixture, { template, method, described, exact, coercing })
    )
  )
  return routes.sort((a, b) => literalSegments(b.template) - literalSegments(a.template))
}

function validator(coerceTypes: boolean): Ajv {
  // A schema that many answers share is compiled once, and nothing is spent on what runs a few times.
  const quick = { inlineRefs: false, validateSchema: false, code: { optimize: false } }
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes, ...quick })
  addFormats.default(ajv)
  const uri = addFormats.default.get('uri') as (text: string) => boolean
  // GitHub answers '' for an unset target_url of a deployment status, though it describes it as a URI.
  ajv.addFormat('uri', text => text === '' || uri(text))
  return ajv
}

interface Source {
  readonly template: string
  readonly method: string
  readonly described: Described
  readonly exact: Ajv
  readonly coercing: Ajv
}

function describeRoute(fixture: Fixture, { template, method, described, exact, coercing }: Source): Route {
  const parameters = (described.parameters ?? []).map(p => resolveParameter(fixture, p))
  const pattern = pathPattern(template)
  const params = once(() => coercing.compile(parametersSchema(parameters, 'path')))
  const query = once(() => coercing.compile(parametersSchema(parameters, 'query')))
  const bodySchema = described.requestBody?.content?.['application/json']?.schema
  const body = once(() => exact.compile(closed(bodySchema ?? {})))
  return {
    id: described.operationId,
    method: method.toUpperCase(),
    template,
    match: path => decodedGroups(pattern.exec(path)),
    checkParams: found => complaints(exact, params(), { ...found }),
    checkQuery: found => complaints(exact, query(), found),
    checkBody(found) {
      if (bodySchema !== undefined) return complaints(exact, body(), found)
      return found === undefined ? [] : ['no request body is described for this operation']
    },
    checkResponse(status, found) {
      const response = described.responses[String(status)]
      if (response === undefined) return [`status ${status} is not described for ${described.operationId}`]
      const pointer = `/paths/${escape(template)}/${method}/responses/${status}/content/${escape('application/json')}/schema`
      if (response.content?.['application/json'] === undefined) return found === undefined ? [] : ['body must be empty']
      const validate = exact.getSchema(`github#${pointer}`)
      if (validate === undefined) return [`no schema at ${pointer}`]
      return complaints(exact, validate as ValidateFunction, found)
    }
  }
}

/** JSON Pointer escaping, in a URI fragment. */
const escape = (segment: string): string => encodeURIComponent(segment.replace(/~/g, '~0').replace(/\//g, '~1'))

const literalSegments = (template: string): number =>
  template.split('/').filter(segment => segment !== '' && !segment.startsWith('{')).length

/** Revisions may hold slashes; octokit escapes them, curl users do not, GitHub takes both. */
const multiSegment = new Set(['ref', 'branch', 'basehead'])

function pathPattern(template: string): RegExp {
  const source = template.replace(/\{(\w+)\}/g, (_all, name: string) =>
    multiSegment.has(name) ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`
  )
  return new RegExp(`^${source}$`)
}

function decodedGroups(match: RegExpExecArray | null): Record<string, string> | null {
  if (match === null) return null
  try {
    return Object.fromEntries(Object.entries(match.groups ?? {}).map(([k, v]) => [k, decodeURIComponent(v)]))
  } catch {
    return null
  }
}

function resolveParameter(fixture: Fixture, parameter: Parameter | { readonly $ref: string }): Parameter {
  if (!('$ref' in parameter)) return parameter
  const name = parameter.$ref.replace('#/components/parameters/', '')
  const found = fixture.description.components.parameters[name]
  if (found === undefined) throw new Error(`openapi.json: no parameter ${parameter.$ref}`)
  return found
}

/** A parameter that the operation does not know is refused: GitHub would ignore it, and the caller would never notice. */
function parametersSchema(parameters: readonly Parameter[], place: 'path' | 'query'): object {
  const here = parameters.filter(p => p.in === place)
  return {
    type: 'object',
    properties: Object.fromEntries(here.map(p => [p.name, absolute(p.schema)])),
    required: here.filter(p => p.required === true).map(p => p.name),
    additionalProperties: false
  }
}

/** The same for the members of a request body. */
function closed(schema: object): object {
  const isObject = 'type' in schema && schema.type === 'object' && !('additionalProperties' in schema)
  return absolute(isObject ? { ...schema, additionalProperties: false } : schema)
}

function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"github#/components/')) as object
}

function complaints(ajv: Ajv, validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return []
  return (validate.errors ?? []).map(error => {
    const extra = error.keyword === 'additionalProperties' ? ` (${JSON.stringify(error.params)})` : ''
    return `${ajv.errorsText([error], { dataVar: '' })}${extra}`.trim()
  })
}

/** The routes of openapi.json. They never change, so all emulators of a process share one compilation. */
export const githubRoutes: () => readonly Route[] = once(() => readRoutes(readFixture()))

/** Compiling is the slow part of starting: it is done on first use. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
