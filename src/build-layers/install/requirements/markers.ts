/** Conditions of requirements, read for a Python that is not the one that runs, and what pip, which runs under another, made of them. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { normalizedName } from '../../../model/packages.js'
import { CodedError } from '../../../model/errors.js'
import type { FoundPython } from '../python/find-python.js'
import { markerEnvironment, type PythonTarget } from '../python/python-target.js'
import type { RequirementLine } from './requirement-list.js'
import { sourceText } from '../../source/source-text.js'

/** Conditions of requirements (PEP 508, "Environment Markers"), read for a Python that is not the one that runs. */
export type MarkerEnvironment = Readonly<Record<string, string>>

const tokenPattern =
  /\s*(\(|\)|'[^']*'|"[^"]*"|<=|>=|==={0,1}|!=|~=|<|>|not\s+in\b|in\b|and\b|or\b|[A-Za-z_][A-Za-z0-9_.]*)/y

/** Whether the condition holds. Unknown names are empty, as `extra` is where none is asked for. Throws where it is no condition. */
export function markerHolds(marker: string, environment: MarkerEnvironment): boolean {
  const tokens = tokenize(marker)
  let next = 0
  const take = (): string => tokens[next++] ?? ''
  const or = (): boolean => {
    let holds = and()
    while (tokens[next] === 'or') {
      next++
      const right = and()
      holds = holds || right
    }
    return holds
  }
  const and = (): boolean => {
    let holds = one()
    while (tokens[next] === 'and') {
      next++
      const right = one()
      holds = holds && right
    }
    return holds
  }
  const one = (): boolean => {
    if (tokens[next] === '(') {
      next++
      const holds = or()
      if (take() !== ')') throw new Error(`no condition: ${marker}`)
      return holds
    }
    const [left, operator, right] = [take(), take(), take()]
    return compare(left, operator, right, environment)
  }
  const holds = or()
  if (next < tokens.length) throw new Error(`no condition: ${marker}`)
  return holds
}

function tokenize(marker: string): readonly string[] {
  const tokens: string[] = []
  const text = marker.trim()
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < text.length) {
    const token = tokenPattern.exec(text)?.[1]
    if (token === undefined) throw new Error(`no condition: ${marker}`)
    tokens.push(token.replace(/\s+/, ' '))
  }
  return tokens
}

const isText = (token: string): boolean => /^['"]/.test(token)

function compare(left: string, operator: string, right: string, environment: MarkerEnvironment): boolean {
  const valueOf = (token: string): string => (isText(token) ? token.slice(1, -1) : (environment[token] ?? ''))
  const [a, b] = [valueOf(left), valueOf(right)]
  if (!/^([<>=!~]=|<|>|===|in|not in)$/.test(operator) || right === '') throw new Error(`no comparison: ${operator}`)
  if (operator === 'in') return b.includes(a)
  if (operator === 'not in') return !b.includes(a)
  const names = [left, right].filter(token => !isText(token))
  const ordered = names.some(name => /version$/.test(name) && name !== 'platform_version')
  if (!ordered) return operator === '!=' ? a !== b : a === b
  const order = compareVersions(a, b.replace(/\.\*$/, ''), b.endsWith('.*'))
  switch (operator) {
    case '==':
    case '===':
      return order === 0
    case '!=':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '~=': {
      const series = b.split('.').slice(0, -1).join('.')
      return order >= 0 && compareVersions(a, series, true) === 0
    }
    default:
      throw new Error(`no comparison: ${operator}`)
  }
}

/** `prefix`: only as far as `b` goes. */
function compareVersions(a: string, b: string, prefix: boolean): number {
  const [left, right] = [numbers(a), numbers(b)]
  const length = prefix ? right.length : Math.max(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function numbers(version: string): readonly number[] {
  return version.split('.').map(part => Number.parseInt(part, 10) || 0)
}

/** The top of the list as the target reads it: without what it does not need, and without conditions on what it does. */
export function forTarget(lines: readonly RequirementLine[], target: PythonTarget): readonly RequirementLine[] {
  return lines.flatMap(line => {
    if (line.kind === 'option' || line.marker === '') return [line]
    if (!markerHolds(line.marker, markerEnvironment(target))) return []
    return [line.kind === 'named' ? { ...line, marker: '', text: withoutMarker(line.text) } : { ...line, marker: '' }]
  })
}

function withoutMarker(text: string): string {
  const [requirement = '', ...digests] = text.split(/\s(?=--hash)/)
  const at = requirement.includes('://') ? requirement.search(/\s;/) : requirement.indexOf(';')
  return [requirement.slice(0, at === -1 ? undefined : at).trim(), ...digests].join(' ')
}

/**
 * pip reads conditions for the Python and the machine that run it.
 * @throws CodedError BUILD_FAILED where an installed package needs another one on the target only, which then is missing
 */
export async function verifyConditions(directory: string, target: PythonTarget, runs: FoundPython): Promise<void> {
  const installed = new Set<string>()
  const needs: { readonly by: string; readonly what: string; readonly marker: string }[] = []
  for (const folder of await readdir(directory)) {
    if (!folder.endsWith('.dist-info')) continue
    const metadata = await sourceText(join(directory, folder, 'METADATA'))
    const by = /^Name:\s*(\S+)/m.exec(metadata)?.[1] ?? folder
    installed.add(normalizedName(by))
    for (const [, what = '', marker = ''] of metadata.matchAll(
      /^Requires-Dist:\s*([\w.-]+)(?:[^\w.;\n-][^;\n]*)?;([^\n]*)$/gm
    )) {
      needs.push({ by, what, marker })
    }
  }
  const there = markerEnvironment(target)
  const here = {
    ...markerEnvironment({ ...target, version: runs.version }),
    platform_machine: runs.machine.replace(/^[^-]*-/, '')
  }
  const missing = needs.find(
    ({ what, marker }) =>
      !installed.has(normalizedName(what)) && markerHolds(marker, there) && !markerHolds(marker, here)
  )
  if (missing === undefined) return
  throw new CodedError('BUILD_FAILED', {
    expected: `pip under Python ${target.version} on ${target.architecture}, or uv, which needs neither, for a package with conditions`,
    found: `${missing.by} needs ${missing.what} only there (${missing.marker.trim()}), and pip ran under Python ${runs.version} on ${runs.machine}`,
    mend: `add actions/setup-python with python-version ${target.version}, install uv, or name ${missing.what} in the requirements`
  })
}
