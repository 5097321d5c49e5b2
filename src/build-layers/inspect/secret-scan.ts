import { contentRules, contextBytes, type ContentRule } from './secret-rules.js'

/** What was found where, without the secret itself. */
export type SecretFindings = ReadonlyMap<string, string>

export interface SecretScan {
  /** Sees a file's content in pieces; `sizeBytes` tells which piece is the last. */
  readonly scan: (path: string, sizeBytes: number) => { push(chunk: Buffer): void }
  /** Path → what it holds, in the order of the finds. */
  readonly findings: SecretFindings
}

/** Searches content as it passes by: nothing is read for it, and no more than one piece is held. */
export function secretScan(rules: readonly ContentRule[] = contentRules): SecretScan {
  const findings = new Map<string, string>()
  return {
    findings,
    scan: (path, sizeBytes) => {
      const applicable = rules.filter(rule => rule.path === null || rule.path.test(path))
      let seenBytes = 0
      let carried: Buffer = Buffer.alloc(0)
      return {
        push(chunk) {
          seenBytes += chunk.byteLength
          const text = carried.byteLength === 0 ? chunk : Buffer.concat([carried, chunk])
          const last = seenBytes >= sizeBytes
          const found = applicable.find(rule => holds(rule, text, last))
          if (found !== undefined && !findings.has(path)) findings.set(path, found.what)
          // What an anchor near the end needs to be judged: both sides of it.
          carried = last ? Buffer.alloc(0) : Buffer.from(text.subarray(-2 * contextBytes))
        }
      }
    }
  }
}

function holds(rule: ContentRule, text: Buffer, last: boolean): boolean {
  if (rule.anchors === null) return rule.pattern.test(text.toString('latin1', 0, contextBytes * 256))
  return rule.anchors.some(anchor => {
    for (let at = text.indexOf(anchor, 0, 'latin1'); at !== -1; at = text.indexOf(anchor, at + 1, 'latin1')) {
      // The rest of it comes with the next piece, which begins with a copy of this one's end.
      if (!last && at + contextBytes > text.byteLength) return false
      if (rule.pattern.test(text.toString('latin1', Math.max(0, at - contextBytes), at + contextBytes))) return true
    }
    return false
  })
}
