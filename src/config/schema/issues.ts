/** zod's issues → problems: what was expected, what was found, the mend, and "did you mean". */
import type { core } from 'zod/mini'
import { quoted, shown, type Finding } from '../../model/errors.js'
import { knownRuntimes } from '../../model/naming/limits.js'
import { type ConfigPath, type ConfigProblem, dotted } from '../check/config-problem.js'
import { nearest } from '../../model/naming/nearest.js'
import { knownRegions } from '../../model/naming/regions.js'
import { type RuleName, isRuleName, rules } from './rules.js'
import { knownKeys } from './schema.js'

interface Written {
  readonly value: unknown
  readonly source: string | undefined
}

/** Unknown keys of one mapping that are reported: each is compared with every known key. */
const mostKeys = 100

type Section = keyof typeof knownKeys

type WrittenAt = (path: ConfigPath) => Written

/** `writtenAt` gives the value at a path and how it was written. */
export function problemsOf(issues: readonly core.$ZodIssue[], writtenAt: WrittenAt): ConfigProblem[] {
  const problems = issues.flatMap(issue => problemsOfIssue(issue, writtenAt, []))
  const mistyped = new Set(problems.map(({ meant }) => meant).filter(meant => meant !== undefined))
  // `stge` is one mistake, not two: the missing `stage` would hide what the author has to mend.
  return problems.filter(({ path, meant }) => meant !== undefined || !mistyped.has(dotted(path)))
}

/** `meant`: the key that a mistyped one seems to stand for. */
type SchemaProblem = ConfigProblem & { readonly meant?: string | undefined }

function problemsOfIssue(issue: core.$ZodIssue, writtenAt: WrittenAt, parent: ConfigPath): SchemaProblem[] {
  const path = [...parent, ...issue.path] as ConfigPath
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, mostKeys).map(key => unknownKey(path, key))
  }
  if (issue.code === 'invalid_union') {
    // The option whose type fits says more than the union: `branch: [a, ""]` is a list with a bad name.
    const fitting = issue.errors.find(errors =>
      errors.every(({ code, path: inner }) => code !== 'invalid_type' || inner.length > 0)
    )
    if (fitting !== undefined) return fitting.flatMap(inner => problemsOfIssue(inner, writtenAt, path))
  }
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? '') : issue.message
  const rule: RuleName = isRuleName(message) ? message : 'mapping'
  if (issue.code === 'invalid_key') {
    const key = String(path.at(-1))
    return [{ path, at: 'key', finding: { ...rules[rule], found: quoted(key) } }]
  }
  return [{ path, finding: valueFinding(path, rule, writtenAt(path)) }]
}

function valueFinding(path: ConfigPath, rule: RuleName, written: Written): Finding {
  const { expected, mend } = rules[rule]
  const key = path.at(-1)
  if (written.value === undefined && typeof key === 'string') {
    const where = path.length === 1 ? 'at the top level' : `under ${dotted(path.slice(0, -1))}`
    return { expected: `the key ${key} ${where} (${expected})`, found: 'no such key', mend: `add ${key}: ${mend}` }
  }
  const name = path.length === 0 ? 'the file' : dotted(path)
  const finding = { expected: `${name} to be ${expected}`, found: found(written, rule), mend }
  const near = suggestion(rule, written.value)
  if (near !== null) return { ...finding, mend: `write ${near} if that is what you mean; else ${mend}` }
  if (rule === 'account-id' && /^[0-9]{12}$/.test(written.source ?? '') && typeof written.value === 'number') {
    const quotes = `"${written.source ?? ''}"`
    return { ...finding, mend: `put the number in quotes: ${key === 'account-id' ? `account-id: ${quotes}` : quotes}` }
  }
  return finding
}

function found({ value, source }: Written, rule: RuleName): string {
  const what = shown(value, source)
  if (rule === 'account-id' && typeof value === 'number') {
    return `${what} without quotes (YAML then drops leading zeros and reads 0o… as octal)`
  }
  if (Array.isArray(value) && new Set(value).size < value.length) {
    const twice: unknown = value.find((entry, index) => value.indexOf(entry) !== index)
    return `${shown(twice)} twice`
  }
  if (Array.isArray(value) && value.length > 0) return `a list of ${value.length}`
  if (rule === 'boolean') return `${what}${yesNote(value)}`
  return typeof value === 'string' && value.length > 80 ? `${what} (${value.length} characters)` : what
}

function suggestion(rule: RuleName, value: unknown): string | null {
  if (typeof value !== 'string') return null
  const candidates: Partial<Record<RuleName, readonly string[]>> = {
    region: knownRegions,
    runtime: knownRuntimes,
    architecture: ['x86_64', 'arm64'],
    engine: ['cloudformation', 'lambda'],
    'share-with': ['public'],
    'build-method': ['project', 'requirements', 'prebuilt'],
    installer: ['auto', 'uv', 'pip'],
    capability: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND']
  }
  return nearest(value, candidates[rule] ?? [])
}

function unknownKey(parent: ConfigPath, key: string): SchemaProblem {
  const section = sectionOf(parent)
  const at = { path: [...parent, key], at: 'key' } as const
  const known: readonly string[] = knownKeys[section]
  const where = section === '' ? 'at the top level' : `under ${dotted(parent)}`
  const expected = `one of the keys ${known.join(', ')} ${where}`
  const near = nearest(key, known)
  if (near !== null) {
    const found = `${quoted(key)} (did you mean ${near}?)`
    return {
      ...at,
      meant: dotted([...parent, near]),
      finding: { expected, found, mend: `write ${near}, or delete the key` }
    }
  }
  const sections = Object.keys(knownKeys) as Section[]
  const elsewhere = sections.find(other => (knownKeys[other] as readonly string[]).includes(key))
  const mend =
    elsewhere === undefined
      ? 'rename or delete the key'
      : `move ${key} to ${elsewhere === '' ? 'the top level' : elsewhere}`
  return { ...at, finding: { expected, found: `the unknown key ${quoted(key)}`, mend } }
}

function sectionOf(path: ConfigPath): Section {
  if (path.length === 0) return ''
  if (path[0] === 'environments') {
    if (path.length <= 2) return 'environments.<name>'
    return path[2] === 'encryption' ? 'environments.<name>.encryption' : 'environments.<name>.required-checks'
  }
  if (path[0] === 'defaults') return 'defaults'
  if (path.length <= 2) return 'layers.<id>'
  if (path[2] === 'template') return 'layers.<id>.template'
  return path[2] === 'coverage' ? 'layers.<id>.coverage' : 'layers.<id>.build'
}

/** YAML 1.1 read these as booleans; YAML 1.2 does not. */
function yesNote(value: unknown): string {
  return typeof value === 'string' && /^(?:y|n|yes|no|on|off)$/i.test(value) ? ', which YAML 1.2 reads as text' : ''
}
