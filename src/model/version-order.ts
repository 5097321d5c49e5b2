/** Which of two versions is the older one, as package indexes order them (Python Packaging User Guide, "Version specifiers"; PEP 440). */

const form =
  /^v?(?:(\d{1,15})!)?(\d{1,15}(?:[.]\d{1,15}){0,15})(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d{0,15}))?(?:-(\d{1,15})|[-_.]?(post|rev|r)[-_.]?(\d{0,15}))?(?:[-_.]?(dev)[-_.]?(\d{0,15}))?(?:[+]([a-z0-9]{1,50}(?:[-_.][a-z0-9]{1,50}){0,9}))?$/

/** No version of an index is longer. */
const longest = 200

/** Lists of numbers and words that compare one after the other; `null`: it is none that can be ordered. */
type Key = readonly (readonly Part[])[]
type Part = number | string

/** Whether `to` comes before `from`; what is no version, or is two of them, is not judged. */
export function isOlder(from: string, to: string): boolean {
  const [old, now] = [keyOf(from), keyOf(to)]
  if (old === null || now === null) return false
  for (const [index, parts] of old.entries()) {
    const order = compareParts(parts, now[index] ?? [])
    if (order !== 0) return order > 0
  }
  return false
}

/** A part that is missing stands before every other, but for a pre-release, which stands before its release. */
function keyOf(version: string): Key | null {
  if (version.length > longest) return null
  const match = form.exec(version.trim().toLowerCase())
  if (match === null) return null
  const [, epoch = '0', release = '', pre, preNumber, implicitPost, post, postNumber, dev, devNumber, local] = match
  const isPost = post !== undefined || implicitPost !== undefined
  const phase = pre === undefined ? (dev !== undefined && !isPost ? -1 : 3) : phaseOf(pre)
  return [
    [Number(epoch)],
    trimmed(release.split('.').map(Number)),
    [phase, Number(preNumber === undefined || preNumber === '' ? 0 : preNumber)],
    isPost ? [1, Number(implicitPost ?? (postNumber === '' ? 0 : postNumber))] : [0],
    dev === undefined ? [1] : [0, Number(devNumber === undefined || devNumber === '' ? 0 : devNumber)],
    local === undefined ? [] : local.split(/[-_.]/).map(part => (/^\d+$/.test(part) ? Number(part) : part))
  ]
}

function phaseOf(pre: string): number {
  return pre.startsWith('a') ? 0 : pre.startsWith('b') ? 1 : 2
}

/** `3.0` and `3` are the same release. */
function trimmed(release: readonly number[]): readonly number[] {
  const last = release.findLastIndex(number => number !== 0)
  return release.slice(0, last + 1)
}

/** A number comes after every word; a list that ends comes before one that goes on. */
function compareParts(a: readonly Part[], b: readonly Part[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const [one, other] = [a[index], b[index]]
    if (one === other) continue
    if (one === undefined) return -1
    if (other === undefined) return 1
    if (typeof one !== typeof other) return typeof one === 'number' ? 1 : -1
    return one < other ? -1 : 1
  }
  return 0
}
