/** Where a project says that its packages come from: what a tool that does not read it would take from the public index instead, from whoever has put one there under the name. */
import { normalizedName } from '../../model/packages.js'
import { parse } from 'smol-toml'
import { CodedError } from '../../model/errors.js'

export interface NamedSource {
  /** As in `[tool.uv.sources]`. */
  readonly table: string
  /** Normalised; `null`: any package, as a private index may hold any. */
  readonly name: string | null
  readonly tool: 'uv' | 'other'
}

type Table = Readonly<Record<string, unknown>>

/** Throws `BUILD_FAILED` where the text is no TOML. */
export function parsePyproject(text: string): Table {
  try {
    return parse(text)
  } catch (cause) {
    const found = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw new CodedError(
      'BUILD_FAILED',
      { expected: 'TOML in pyproject.toml', found, mend: 'correct the file' },
      { cause }
    )
  }
}

/** `memberNames`: of the workspace's members, which their own files name. */
export function namedSources(pyproject: Table, memberNames: readonly string[] = []): readonly NamedSource[] {
  const tool = table(pyproject['tool'])
  const uv = table(tool['uv'])
  const poetry = table(tool['poetry'])
  const members = (where: string, of: 'uv' | 'other'): readonly NamedSource[] =>
    memberNames.length === 0
      ? [{ table: where, name: null, tool: of }]
      : memberNames.map(name => ({ table: where, name: normalizedName(name), tool: of }))
  const all: NamedSource[] = Object.keys(table(uv['sources'])).map(name => source('tool.uv.sources', name, 'uv'))
  if (uv['workspace'] !== undefined) all.push(...members('tool.uv.workspace', 'uv'))
  if (notEmpty(uv['index'])) all.push({ table: 'tool.uv.index', name: null, tool: 'uv' })
  for (const key of ['index-url', 'extra-index-url', 'find-links', 'override-dependencies'])
    if (notEmpty(uv[key])) all.push({ table: `tool.uv.${key}`, name: null, tool: 'uv' })
  const groups = Object.values(table(poetry['group'])).map(group => table(table(group)['dependencies']))
  for (const dependencies of [table(poetry['dependencies']), ...groups]) {
    for (const [name, wanted] of Object.entries(dependencies)) {
      if (isElsewhere(wanted)) all.push(source('tool.poetry.dependencies', name, 'other'))
    }
  }
  if (notEmpty(poetry['source'])) all.push({ table: 'tool.poetry.source', name: null, tool: 'other' })
  const pdm = table(tool['pdm'])
  if (notEmpty(pdm['source'])) all.push({ table: 'tool.pdm.source', name: null, tool: 'other' })
  for (const name of Object.keys(table(table(pdm['resolution'])['overrides'])))
    all.push(source('tool.pdm.resolution.overrides', name, 'other'))
  const rye = table(tool['rye'])
  if (notEmpty(rye['sources'])) all.push({ table: 'tool.rye.sources', name: null, tool: 'other' })
  if (rye['workspace'] !== undefined) all.push(...members('tool.rye.workspace', 'other'))
  const environments = table(table(tool['hatch'])['envs'])
  if ([tool['hatch'], ...Object.values(environments)].some(each => table(each)['workspace'] !== undefined))
    all.push(...members('tool.hatch workspace', 'other'))
  return all
}

/** The globs of the folders that a workspace consists of. */
export function memberGlobs(pyproject: Table): readonly string[] {
  const tool = table(pyproject['tool'])
  const lists = [
    table(table(tool['uv'])['workspace'])['members'],
    table(table(tool['rye'])['workspace'])['members'],
    ...Object.values(table(table(tool['hatch'])['envs'])).map(each => table(table(each)['workspace'])['members'])
  ]
  return lists.flatMap(list =>
    Array.isArray(list) ? list.map(each => (typeof each === 'string' ? each : String(table(each)['path']))) : []
  )
}

/** What the project names as dependencies, normalised, to tell sources that matter from those for development. */
export function dependencyNames(pyproject: Table): readonly string[] {
  const project = table(pyproject['project'])
  const poetry = table(table(table(pyproject['tool'])['poetry'])['dependencies'])
  const listed = Array.isArray(project['dependencies']) ? project['dependencies'] : []
  const names = listed.flatMap(each => (typeof each === 'string' ? (/^\s*([\w.-]+)/.exec(each)?.[1] ?? []) : []))
  return [...names, ...Object.keys(poetry)].filter(name => name !== 'python').map(normalizedName)
}

export function projectName(pyproject: Table): string | null {
  const poetry = table(table(pyproject['tool'])['poetry'])
  const name = table(pyproject['project'])['name'] ?? poetry['name']
  return typeof name === 'string' ? name : null
}

export function strangersRefused(sources: readonly NamedSource[], program: string): CodedError {
  const shown = sources.slice(0, 3).map(({ table: where, name }) => `[${where}]${name === null ? '' : ` for ${name}`}`)
  const tool = sources.every(each => each.tool === 'uv') ? 'uv, which reads it,' : 'a lock of its tool, committed,'
  return new CodedError('BUILD_FAILED', {
    expected: `${tool} where pyproject.toml says where packages come from`,
    found: `${shown.join(', ')} and ${program}, which would take a package of that name from the index, whoever put it there`,
    mend: sources.every(each => each.tool === 'uv')
      ? 'add a step that installs uv (astral-sh/setup-uv) and leave out installer: pip, or commit uv.lock'
      : 'commit the lock that the tool makes (poetry.lock, pdm.lock, uv.lock), or name the packages by address in the dependencies'
  })
}

function isElsewhere(wanted: unknown): boolean {
  if (Array.isArray(wanted)) return wanted.some(isElsewhere)
  const keys = Object.keys(table(wanted))
  return keys.some(key => ['path', 'git', 'url', 'file', 'source', 'hg', 'svn'].includes(key))
}

function source(where: string, name: string, tool: NamedSource['tool']): NamedSource {
  return { table: where, name: normalizedName(name), tool }
}

function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {}
}

function notEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== ''
}
