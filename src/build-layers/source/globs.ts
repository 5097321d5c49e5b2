/**
 * Globs of a configuration, which anybody may have written: whatever they are, matching them ends. What picomatch makes of a glob
 * is a regular expression, and one like that of `*a*a*a*a*b` or of a repeated group takes exponential time, in which no
 * timer fires. V8 ends it from another thread where it runs under `timeout` (Node.js, "VM (executing JavaScript)").
 */
import { createContext, Script } from 'node:vm'
import picomatch from 'picomatch'
import { CodedError, quoted } from '../../model/errors.js'

/** Those of the paths that a glob matches. @throws CodedError CONFIG_INVALID where that takes too long, over all calls */
export type GlobMatcher = (paths: readonly string[]) => ReadonlySet<string>

/** Of all that is matched. What nobody meant to be slow takes a thousandth of it. */
const mostMilliseconds = 5_000
const options = { dot: true }

/** @param key where the globs stand in the configuration */
export function matcherOf(globs: readonly string[], key: string, milliseconds = mostMilliseconds): GlobMatcher {
  const quick = globs.filter(isPlain)
  const isQuick = quick.length === 0 ? () => false : picomatch([...quick], options)
  const slow = globs.filter(glob => !isPlain(glob)).map(glob => watched(glob, key, milliseconds))
  return paths => {
    const matched = new Set(paths.filter(path => isQuick(path)))
    for (const matches of slow) {
      const left = paths.filter(path => !matched.has(path))
      for (const path of matches(left)) matched.add(path)
    }
    return matched
  }
}

/** `**` at most twice, at most one `*` in a name, and nothing that repeats or nests: time grows with the square of the path at most. */
function isPlain(glob: string): boolean {
  const parts = glob.split('/')
  const names = parts.filter(part => part !== '**')
  const isQuick = (name: string): boolean => !/[?()[\]{}!+@|\\]/.test(name) && name.split('*').length <= 2
  return parts.length - names.length <= 2 && names.every(isQuick)
}

const program = new Script('paths.filter(path => path === glob || expression.test(path))')

function watched(glob: string, key: string, most: number): (paths: readonly string[]) => readonly string[] {
  const expression = picomatch.makeRe(glob, options)
  const context = { glob, expression, paths: [] as readonly string[] }
  createContext(context)
  let left = most
  return paths => {
    if (paths.length === 0) return []
    const started = performance.now()
    context.paths = paths
    try {
      return program.runInContext(context, { timeout: Math.max(1, Math.ceil(left)) }) as readonly string[]
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw cause
      throw new CodedError(
        'CONFIG_INVALID',
        {
          expected: `a glob in ${key} that is matched within ${most / 1000} seconds`,
          found: `${quoted(glob.slice(0, 100))}, which takes longer`,
          mend: 'write it with fewer * in one name, and without groups that repeat'
        },
        { cause }
      )
    } finally {
      left -= performance.now() - started
    }
  }
}
