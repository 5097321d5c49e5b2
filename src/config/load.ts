/** Text of the configuration → `Config`, or everything that is wrong with it. Pure: the caller reads the file. */
import { CodedError, errorOfAll } from '../model/errors.js'
import type { Config } from '../model/index.js'
import { checkEnvironments } from './check/check-environments.js'
import { checkLayers } from './check/check-layers.js'
import { checkNames } from './check/check-names.js'
import { problemsOf } from './schema/issues.js'
import type { ConfigPath, ConfigProblem } from './check/config-problem.js'
import { configSchema } from './schema/schema.js'
import { refusedText } from './read/text.js'
import { toConfig } from './read/to-config.js'
import type { ConfigDocument, PlacedFinding } from './read/yaml-document.js'
import { readYaml } from './read/yaml-document.js'

/** More would bury the first one. */
const mostProblems = 100

/** A bound on the work for a text that is nothing but problems. */
const mostCompared = 1000

/**
 * Reads the configuration. `file` is the path that error lines show. Throws one `CONFIG_INVALID` for the first problem in
 * the order of the text; where there are more, its `cause` is an `AggregateError` of the others.
 */
export function parseConfig(text: string, file: string): Config {
  const read = readConfig(text, file)
  if ('config' in read) return read.config
  throw errorOfAll(read.problems)
}

/**
 * All problems in the order of the text, at most 100; empty for a valid configuration. Syntax hides shape, and shape hides
 * meaning: what cannot be read is not judged.
 */
export function configProblems(text: string, file: string): readonly CodedError[] {
  const read = readConfig(text, file)
  return 'config' in read ? [] : read.problems
}

function readConfig(
  text: string,
  file: string
): { readonly config: Config } | { readonly problems: readonly CodedError[] } {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  const refused = refusedText(body, file)
  if (refused !== null) return { problems: [refused] }
  const document = readYaml(body)
  if ('findings' in document) return { problems: problemsIn(file, document.findings) }
  const place = (problems: readonly ConfigProblem[]): readonly CodedError[] =>
    problemsIn(
      file,
      problems.slice(0, mostCompared).map(({ path, at, finding }) => ({ finding, ...document.placeOf(path, at) }))
    )

  const parsed = configSchema.safeParse(document.value)
  if (!parsed.success) {
    const writtenAt = (path: ConfigPath) => ({ value: valueAt(document, path), source: document.sourceOf(path) })
    return { problems: place(problemsOf(parsed.error.issues.slice(0, mostCompared), writtenAt)) }
  }
  const config = toConfig(parsed.data)
  // Names are compared last: they are made of what the other checks have found sound.
  const problems = [...checkEnvironments(parsed.data), ...checkLayers(parsed.data, config)]
  const all = problems.length > 0 ? problems : checkNames(parsed.data, config)
  return all.length > 0 ? { problems: place(all) } : { config }
}

/** The first of them in the order of the text. */
function problemsIn(file: string, findings: readonly PlacedFinding[]): readonly CodedError[] {
  return findings
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .slice(0, mostProblems)
    .map(({ line, column, finding }) => new CodedError('CONFIG_INVALID', finding, { location: { file, line, column } }))
}

function valueAt(document: ConfigDocument, path: ConfigPath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined,
    document.value
  )
}
