/**
 * Which versions were on record before the present one, as a short text: `1-57 60`. It fits into a stack tag of 256 characters
 * (AWS CloudFormation API reference, Tag), where a list of numbers would not; the oldest are left out where it grows longer.
 */
type Range = readonly [first: number, last: number]

const maximumCharacters = 256

/** @param text what stood there; absent: nothing */
export function withVersion(text: string | undefined, version: number): string {
  const ranges = [...rangesOf(text), [version, version] as const].sort((a, b) => a[0] - b[0])
  const joined: Range[] = []
  for (const [first, last] of ranges) {
    const before = joined.at(-1)
    if (before !== undefined && first <= before[1] + 1)
      joined[joined.length - 1] = [before[0], Math.max(before[1], last)]
    else joined.push([first, last])
  }
  let shown = joined.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
  while (shown.join(' ').length > maximumCharacters) shown = shown.slice(1)
  return shown.join(' ')
}

export function isAmong(text: string | undefined, version: number): boolean {
  return rangesOf(text).some(([first, last]) => first <= version && version <= last)
}

/** What cannot be read says nothing: no version is on record by it. */
function rangesOf(text = ''): readonly Range[] {
  return text
    .slice(0, maximumCharacters)
    .split(' ')
    .flatMap(part => {
      const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part) ?? []
      return first === undefined ? [] : [[Number(first), Number(last)] as const]
    })
}
