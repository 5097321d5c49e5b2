/**
 * Cuts the operations that the product uses out of GitHub's OpenAPI description into emulators/github/openapi.json.
 *
 *   npm i --prefix /tmp/openapi @octokit/openapi@23.0.2
 *   node scripts/cut-openapi.mjs /tmp/openapi/node_modules/@octokit/openapi
 *
 * Kept: parameters, JSON request bodies, JSON responses, and every component that those reach. Dropped: prose, examples,
 * `x-` keys, media types other than JSON. Rewritten: OpenAPI 3.0's `nullable` into JSON Schema's type `null`, so that any
 * JSON Schema validator reads the cut as it stands.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const operationIds = new Set([
  'issues/list-comments',
  'issues/create-comment',
  'issues/get-comment',
  'issues/update-comment',
  'issues/delete-comment',
  'repos/create-commit-status',
  'repos/list-commit-statuses-for-ref',
  'repos/get-combined-status-for-ref',
  'checks/create',
  'checks/update',
  'checks/list-for-ref',
  'repos/list-pull-requests-associated-with-commit',
  'pulls/get',
  'pulls/list',
  'repos/list-deployments',
  'repos/create-deployment',
  'repos/get-deployment',
  'repos/list-deployment-statuses',
  'repos/create-deployment-status',
  'repos/compare-commits-with-basehead',
  'repos/get-commit',
  'repos/list-branches',
  'repos/get-branch',
  'repos/get-branch-rules',
  'repos/get-environment',
  'git/get-ref',
  'users/get-authenticated',
  'repos/get',
  'actions/list-workflow-runs-for-repo',
  'actions/get-workflow-run',
  'rate-limit/get'
])

/** Keys that say nothing about validity; only where a key is a keyword, never where it names a property. */
const prose = new Set([
  'description',
  'summary',
  'title',
  'example',
  'examples',
  'externalDocs',
  'tags',
  'deprecated',
  'headers',
  'discriminator'
])
/** Under these keys stand maps from names to schemas (or parameters, responses). */
const nameMaps = new Set([
  'properties',
  'patternProperties',
  'responses',
  'content',
  'paths',
  'schemas',
  'parameters',
  'requestBodies'
])
const data = new Set(['enum', 'default', 'required', 'const'])

function strip(node, keysAreNames = false) {
  if (Array.isArray(node)) return node.map(item => strip(item))
  if (node === null || typeof node !== 'object') return node
  const kept = Object.entries(node)
    .filter(([key]) => keysAreNames || !(prose.has(key) || key.startsWith('x-')))
    .map(([key, value]) => [
      key,
      !keysAreNames && data.has(key) ? value : strip(value, !keysAreNames && nameMaps.has(key))
    ])
  const stripped = Object.fromEntries(kept)
  return keysAreNames ? stripped : withoutNullable(stripped)
}

function withoutNullable(schema) {
  if (typeof schema.nullable !== 'boolean') return schema
  const { nullable, ...rest } = schema
  if (!nullable) return rest
  if (rest.$ref !== undefined || rest.type === undefined) return { anyOf: [rest, { type: 'null' }] }
  const alternatives = rest.enum === undefined || rest.enum.includes(null) ? {} : { enum: [...rest.enum, null] }
  const composed = ['allOf', 'anyOf', 'oneOf'].some(key => key in rest)
  if (composed) return { anyOf: [rest, { type: 'null' }] }
  return { ...rest, type: [rest.type, 'null'], ...alternatives }
}

function jsonOnly(operation) {
  const keepJson = holder => {
    if (holder?.content === undefined) return holder
    const { content, ...rest } = holder
    return content['application/json'] === undefined
      ? rest
      : { ...rest, content: { 'application/json': content['application/json'] } }
  }
  const responses = Object.fromEntries(
    Object.entries(operation.responses)
      .filter(([status]) => status.startsWith('2'))
      .map(([status, response]) => [status, keepJson(response)])
  )
  return { ...operation, requestBody: keepJson(operation.requestBody), responses }
}

/** Adds every component that `node` refers to, directly or through others. */
function collectComponents(node, source, reached) {
  if (node === null || typeof node !== 'object') return
  if (typeof node.$ref === 'string' && !reached.has(node.$ref)) {
    const [, , kind, name] = node.$ref.split('/')
    const component = strip(source.components[kind][name])
    reached.set(node.$ref, component)
    collectComponents(component, source, reached)
  }
  for (const value of Object.values(node)) collectComponents(value, source, reached)
}

/** Where GitHub itself answers otherwise than its description says: the head repository of a deleted fork is null. */
function correct(components) {
  for (const name of ['pull-request', 'pull-request-simple']) {
    const head = components.schemas[name].properties.head
    head.properties.repo = { anyOf: [head.properties.repo, { type: 'null' }] }
  }
  return components
}

function cut(source) {
  const paths = {}
  const missing = new Set(operationIds)
  for (const [path, methods] of Object.entries(source.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!missing.delete(operation.operationId)) continue
      paths[path] = { ...paths[path], [method]: strip(jsonOnly(operation)) }
    }
  }
  if (missing.size > 0) throw new Error(`not in the description: ${[...missing].join(', ')}; update operationIds`)
  const reached = new Map()
  collectComponents(paths, source, reached)
  const components = {}
  for (const reference of [...reached.keys()].sort()) {
    const [, , kind, name] = reference.split('/')
    components[kind] = { ...components[kind], [name]: reached.get(reference) }
  }
  return { openapi: source.openapi, paths, components: correct(components) }
}

const sha256 = text => createHash('sha256').update(text).digest('hex')

const packageFolder = process.argv[2]
if (packageFolder === undefined) throw new Error('usage: node scripts/cut-openapi.mjs FOLDER_OF_@octokit/openapi')
const { name, version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
const file = 'generated/api.github.com.json'
const text = readFileSync(join(packageFolder, file), 'utf8')
const description = cut(JSON.parse(text))
const fixture = {
  source: { package: `${name}@${version}`, license: 'MIT', file, sha256: sha256(text) },
  // Over JSON.stringify of the member `description`.
  descriptionSha256: sha256(JSON.stringify(description)),
  description
}
const target = new URL('../emulators/github/openapi.json', import.meta.url)
writeFileSync(target, `${JSON.stringify(fixture, null, 1)}\n`)
console.log(`${fixture.source.package}: ${operationIds.size} operations, ${JSON.stringify(fixture).length} bytes`)
