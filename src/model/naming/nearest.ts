/** "Did you mean": the candidate that a mistyped word is nearest to. */
import type { Finding } from '../errors.js'
import type { Environment } from '../configuration.js'

/** Number of insertions, deletions and replacements of one character that turn `a` into `b` (Levenshtein). */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}

/** Longest word that is compared: the distance costs its square, and a longer one is no typing error. */
const longestWord = 64

/** Compared without case, `-` and `_`, so that `accountId` finds `account-id`; `null` where nothing is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (word.length > longestWord) return null
  const plain = (text: string): string => text.toLowerCase().replace(/[-_\s]/g, '')
  const wanted = plain(word)
  let best: { candidate: string; distance: number } | null = null
  for (const candidate of candidates) {
    const distance = editDistance(wanted, plain(candidate))
    if (best === null || distance < best.distance) best = { candidate, distance }
  }
  if (best !== null && best.distance <= Math.max(1, Math.floor(wanted.length / 3))) return best.candidate
  // A part of a longer name: `runtimes` for `compatible-runtimes`.
  return (wanted.length < 4 ? undefined : candidates.find(candidate => plain(candidate).includes(wanted))) ?? null
}

/** Of a name that is no environment. The word that AWS names bear is easily taken for the environment's own: the stage is looked for first. */
export function unknownEnvironment(
  asked: string,
  environments: readonly Pick<Environment, 'name' | 'stage'>[],
  otherwise = 'name one of them'
): Finding {
  const names = environments.map(({ name }) => name)
  const staged = environments.filter(({ stage }) => stage === asked).map(({ name }) => name)
  const near = nearest(asked, names)
  const meant =
    staged.length > 0
      ? `did you mean ${staged.join(' or ')}? ${asked} is a stage; write the name of the environment`
      : near === null
        ? otherwise
        : `did you mean ${near}? Write the name of the environment`
  return {
    expected: `an environment of the configuration (${names.join(', ')})`,
    found: JSON.stringify(asked),
    mend: meant
  }
}
