import { matcherOf } from '../../source/globs.js'
import { nameRules } from './secret-rules.js'

export interface FoundSecret {
  readonly path: string
  readonly what: string
}

export interface JudgedSecrets {
  readonly refused: readonly FoundSecret[]
  /** What `build.allow-secrets` lets pass. */
  readonly allowed: readonly FoundSecret[]
  /** Entries of `build.allow-secrets` that let nothing pass. */
  readonly unused: readonly string[]
}

/** Where packages keep their test code: folders, and modules named as pytest and unittest look for them. */
const testCode = /(^|\/)(tests?|testing|SelfTest|unittests?)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/

/**
 * What looks like a secret by name or content, less what is public: a private key in the test code of an installed package was published
 * with it. `isInstalled`: whether a package's RECORD lists the path. In the order of the entries.
 */
export function judgeSecrets(
  entries: readonly { readonly path: string }[],
  secrets: ReadonlyMap<string, string>,
  isInstalled: (path: string) => boolean,
  allow: readonly string[]
): JudgedSecrets {
  const matchers = allow.map(entry => {
    const matching = matcherOf([entry], 'build.allow-secrets')
    return { entry, matches: (path: string) => path === entry || matching([path]).has(path) }
  })
  const used = new Set<string>()
  const refused: FoundSecret[] = []
  const allowed: FoundSecret[] = []
  for (const { path } of entries) {
    const named = nameRules.find(rule => rule.path.test(path))?.what
    const what = named ?? secrets.get(path)
    if (what === undefined) continue
    if (named === undefined && what === 'private key' && testCode.test(path) && isInstalled(path)) continue
    const allowing = matchers.filter(({ matches }) => matches(path))
    for (const { entry } of allowing) used.add(entry)
    ;(allowing.length > 0 ? allowed : refused).push({ path, what })
  }
  return { refused, allowed, unused: allow.filter(entry => !used.has(entry)) }
}
