/**
 * What is modelled of a workflow file (GitHub: "Workflow syntax for GitHub Actions"). A key that is not modelled is an error,
 * never ignored: what runs here is what the file says.
 */
import { parse } from 'yaml'

export type Permissions = Readonly<Record<string, 'read' | 'write' | 'none'>>
/** As written, before its expressions are evaluated. */
export type Raw = string | number | boolean | null | readonly Raw[] | { readonly [key: string]: Raw }
export type RawMap = Readonly<Record<string, Raw>>

export interface InputDeclaration {
  readonly type: 'string' | 'boolean' | 'number' | 'choice'
  readonly required: boolean
  readonly default: Raw | undefined
}

export interface Workflow {
  readonly name: string
  /** Event name → its filters. */
  readonly on: Readonly<Record<string, RawMap>>
  /** Of `workflow_call` or `workflow_dispatch`. */
  readonly inputs: (event: string) => Readonly<Record<string, InputDeclaration>>
  /** Output id → expression, of `workflow_call`. */
  readonly outputs: Readonly<Record<string, string>>
  /** Secrets that `workflow_call` takes → must they be given? */
  readonly secrets: Readonly<Record<string, boolean>>
  /** `null`: not said. */
  readonly permissions: Permissions | null
  readonly concurrency: Raw | null
  readonly env: RawMap
  readonly jobs: Readonly<Record<string, Job>>
}

export interface Job {
  readonly id: string
  readonly name: string | null
  readonly needs: readonly string[]
  readonly if: Raw
  readonly permissions: Permissions | null
  readonly environment: Raw
  readonly concurrency: Raw | null
  readonly matrix: Raw | null
  readonly failFast: boolean
  readonly env: RawMap
  readonly outputs: RawMap
  readonly timeoutMinutes: number
  /** A job has steps, or calls another workflow. */
  readonly steps: readonly Step[]
  readonly uses: string | null
  readonly with: RawMap
  readonly secrets: Raw
}

export interface Step {
  readonly id: string | null
  readonly name: string | null
  readonly if: Raw
  readonly uses: string | null
  readonly with: RawMap
  readonly run: string | null
  readonly env: RawMap
}

const keys = {
  workflow: ['name', 'on', 'permissions', 'concurrency', 'env', 'jobs'],
  trigger: ['branches', 'types', 'workflows', 'cron', 'inputs', 'outputs', 'secrets'],
  job: [
    ...['name', 'needs', 'if', 'runs-on', 'permissions', 'environment', 'concurrency', 'strategy', 'env', 'outputs'],
    ...['timeout-minutes', 'steps', 'uses', 'with', 'secrets']
  ],
  strategy: ['matrix', 'fail-fast'],
  step: ['id', 'name', 'if', 'uses', 'with', 'run', 'env'],
  input: ['description', 'type', 'required', 'default', 'options']
}

/** @throws {Error} for a key that is not modelled. */
export function readWorkflow(text: string, place: string): Workflow {
  const raw = mapOf(parse(text) as Raw, keys.workflow, place)
  const on = triggers(raw['on'] ?? null, place)
  const call = on['workflow_call'] ?? {}
  return {
    name: textOf(raw['name']) ?? place,
    on,
    inputs: event => mapValues(mapOf(on[event]?.['inputs'] ?? {}), input => declaration(input, place)),
    outputs: mapValues(mapOf(call['outputs'] ?? {}), output => textOf(mapOf(output)['value']) ?? ''),
    secrets: mapValues(mapOf(call['secrets'] ?? {}), secret => mapOf(secret)['required'] === true),
    permissions: permissions(raw['permissions'], place),
    concurrency: raw['concurrency'] ?? null,
    env: mapOf(raw['env'] ?? {}),
    jobs: mapValues(mapOf(raw['jobs'] ?? {}), (job, id) => readJob(id, job, `${place}: ${id}`))
  }
}

function readJob(id: string, value: Raw, place: string): Job {
  const raw = mapOf(value, keys.job, place)
  const strategy = mapOf(raw['strategy'] ?? {}, keys.strategy, place)
  return {
    id,
    name: textOf(raw['name']),
    needs: listOf(raw['needs']),
    if: raw['if'] ?? null,
    permissions: permissions(raw['permissions'], place),
    environment: raw['environment'] ?? null,
    concurrency: raw['concurrency'] ?? null,
    matrix: strategy['matrix'] ?? null,
    failFast: strategy['fail-fast'] !== false,
    env: mapOf(raw['env'] ?? {}),
    outputs: mapOf(raw['outputs'] ?? {}),
    timeoutMinutes: Number(raw['timeout-minutes'] ?? 360),
    steps: ((raw['steps'] ?? []) as readonly Raw[]).map(step => readStep(step, place)),
    uses: textOf(raw['uses']),
    with: mapOf(raw['with'] ?? {}),
    secrets: raw['secrets'] ?? null
  }
}

function readStep(value: Raw, place: string): Step {
  const raw = mapOf(value, keys.step, place)
  return {
    id: textOf(raw['id']),
    name: textOf(raw['name']),
    if: raw['if'] ?? null,
    uses: textOf(raw['uses']),
    with: mapOf(raw['with'] ?? {}),
    run: textOf(raw['run']),
    env: mapOf(raw['env'] ?? {})
  }
}

/** `on: push`, `on: [push, …]` and the map. */
function triggers(on: Raw, place: string): Record<string, RawMap> {
  if (typeof on === 'string' || Array.isArray(on)) return Object.fromEntries(listOf(on).map(event => [event, {}]))
  return mapValues(mapOf(on), filters => mapOf(Array.isArray(filters) ? {} : (filters ?? {}), keys.trigger, place))
}

function declaration(value: Raw, place: string): InputDeclaration {
  const raw = mapOf(value, keys.input, place)
  const type = textOf(raw['type']) ?? 'string'
  if (!['string', 'boolean', 'number', 'choice'].includes(type)) throw new Error(`${place}: an input of type ${type}`)
  return {
    type: type as InputDeclaration['type'],
    required: raw['required'] === true,
    default: raw['default']
  }
}

function permissions(value: Raw | undefined, place: string): Permissions | null {
  if (value === undefined) return null
  return mapValues(mapOf(value), access => {
    if (access === 'read' || access === 'write' || access === 'none') return access
    throw new Error(`${place}: the access ${JSON.stringify(access)} is not modelled`)
  })
}

export function mapOf(value: Raw | undefined, known: readonly string[] | null = null, place = ''): RawMap {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new Error(`${place}: expected a map, found ${JSON.stringify(value)}`)
  }
  const unknown = known === null ? [] : Object.keys(value).filter(key => !known.includes(key))
  if (unknown.length > 0) throw new Error(`${place}: the workflow emulator does not model ${unknown.join(', ')}`)
  return value as RawMap
}

export function listOf(value: Raw | undefined): readonly string[] {
  if (value === undefined || value === null) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}

export function mapValues<T, U>(map: Readonly<Record<string, T>>, of: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, of(value, key)]))
}

function textOf(value: Raw | undefined): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'object') throw new Error(`expected a scalar, found ${JSON.stringify(value)}`)
  return String(value)
}
