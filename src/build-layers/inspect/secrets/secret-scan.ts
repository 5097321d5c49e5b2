import { anchorSearch, type AnchorSearch } from './anchor-search.js'
import { contentRules, contextBytes, type ContentRule } from './secret-rules.js'

/** A part of the searched bytes that belongs to one file. */
export interface FileStretch {
  readonly path: string
  readonly start: number
  readonly end: number
  /** The file begins here. */
  readonly first: boolean
  /** Nothing of the file follows; else what needs a look at the following bytes is left to the next stretch. */
  readonly last: boolean
}

/** What the stretch after one that is not the last must begin with: both sides of an anchor near the end. */
export const carriedBytes = 2 * contextBytes
/** Rules without anchors look at this much of a file. */
const wholeFileBytes = 64 * 1024

/** Path and kind of each secret, at most one per stretch. */
export type SecretFindings = readonly (readonly [path: string, what: string])[]
export type SecretScan = (bytes: Uint8Array, stretches: readonly FileStretch[]) => SecretFindings

/**
 * The search for secrets by content; the rules are made ready once. `stretches` are in the order of their starts. `searchFor` makes the
 * search for the words that the rules begin with.
 */
export function secretScan(
  searchFor: (anchors: readonly string[]) => AnchorSearch = anchorSearch,
  rules: readonly ContentRule[] = contentRules
): SecretScan {
  const anchored = rules.flatMap(rule => (rule.anchors ?? []).map(anchor => ({ rule, anchor })))
  const search = searchFor(anchored.map(({ anchor }) => anchor))
  const named = rules.filter(rule => rule.anchors === null)
  return (bytes, stretches) => {
    const findings = new Map<string, string>()
    for (const stretch of stretches) {
      if (!stretch.first) continue
      const rule = named.find(one => one.path?.test(stretch.path) !== false && holdsWhole(one, bytes, stretch))
      if (rule !== undefined) findings.set(stretch.path, rule.what)
    }
    for (const { anchor, at } of search(bytes)) {
      const stretch = stretchAt(stretches, at)
      const rule = anchored[anchor]?.rule
      if (stretch === undefined || rule === undefined || findings.has(stretch.path)) continue
      if (rule.path?.test(stretch.path) !== false && holdsAround(rule, bytes, stretch, at)) {
        findings.set(stretch.path, rule.what)
      }
    }
    return [...findings]
  }
}

function holdsWhole(rule: ContentRule, bytes: Uint8Array, { start, end }: FileStretch): boolean {
  return rule.pattern.test(latin1(bytes, start, Math.min(end, start + wholeFileBytes)))
}

function holdsAround(rule: ContentRule, bytes: Uint8Array, { start, end, last }: FileStretch, at: number): boolean {
  // The rest of it comes with the next stretch, which begins with a copy of this one's end.
  if (!last && at + contextBytes > end) return false
  const text = latin1(bytes, Math.max(start, at - contextBytes), Math.min(end, at + contextBytes))
  const { pattern, isPublic } = rule
  if (isPublic === undefined) return pattern.test(text)
  // One that everybody knows may stand beside one that nobody should.
  return [...text.matchAll(new RegExp(pattern, 'g'))].some(match => !isPublic(match))
}

function stretchAt(stretches: readonly FileStretch[], at: number): FileStretch | undefined {
  let [low, high] = [0, stretches.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stretches[middle]?.end ?? 0) <= at) low = middle + 1
    else high = middle
  }
  const stretch = stretches[low]
  return stretch !== undefined && stretch.start <= at ? stretch : undefined
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end)
}
