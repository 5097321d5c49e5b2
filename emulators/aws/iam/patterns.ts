/** Wildcards: `*` is any run of characters, `?` is one. Source: "IAM JSON policy elements: Resource" and "Condition operators", IAM User Guide. */

export function textMatches(pattern: string, text: string): boolean {
  return globOf(pattern).test(text)
}

/** Action names are compared without regard to case. */
export function actionMatches(pattern: string, action: string): boolean {
  return globOf(pattern, 'i').test(action)
}

/** Each of the six parts of an ARN is matched by itself; only in the last one does `*` reach over colons. */
export function arnMatches(pattern: string, arn: string): boolean {
  if (pattern === '*') return true
  const [patternParts, parts] = [arnParts(pattern), arnParts(arn)]
  if (patternParts === null || parts === null) return false
  return patternParts.every((part, index) => textMatches(part, parts[index] ?? ''))
}

/** `null`: no ARN. */
export function arnParts(arn: string): readonly string[] | null {
  const parts = arn.split(':')
  return parts.length < 6 || parts[0] !== 'arn' ? null : [...parts.slice(0, 5), parts.slice(5).join(':')]
}

function globOf(pattern: string, flags = ''): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '[^]*')
    .replace(/\?/g, '[^]')
  return new RegExp(`^${source}$`, flags)
}
