/** Credentials that git repeats in its messages and that stand in URLs. Everything a person may read passes through here. */
const patterns: readonly (readonly [RegExp, string])[] = [
  // A bare token as the user of an HTTP URL. The user of an SSH URL (`git@`) is no secret.
  [/(https?:\/\/)[^\s/]*@/gi, '$1***@'],
  [/([?&][^?=&\s]*(?:token|secret|password|key|auth|signature)[^?=&\s]*=)[^&\s'"]+/gi, '$1***'],
  [/(authorization:\s*)(?:(?:basic|bearer|token)\s+)?\S+/gi, '$1***'],
  [/\b(?:gh[a-z]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|glpat-[\w-]{16,})/g, '***']
]

/** `text` with every credential that git could have put there replaced by `***`. */
export function redact(text: string): string {
  const words = text.replace(/\S+/g, word => (word.includes('@') ? withoutPassword(word) : word))
  return patterns.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), words)
}

/** `scheme://user:password@`, where the password may hold `@` and `/` that nobody encoded: it ends at the last `@` of the word. */
function withoutPassword(word: string): string {
  const end = word.lastIndexOf('@')
  const start = /:\/\/[^\s/@:]*:/.exec(word.slice(0, end))?.index
  return start === undefined ? word : `${word.slice(0, start)}://***${word.slice(end)}`
}
