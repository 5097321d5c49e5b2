/** Pages as GitHub cuts them, and the Link header. */

export interface Page<T> {
  readonly items: readonly T[]
  /** `null` where everything fits on one page. */
  readonly link: string | null
}

/** `perPage` is clamped to 100, silently, as GitHub does; a page below 1 is the first. */
export function cutPage<T>(items: readonly T[], url: URL, perPage: unknown, page: unknown): Page<T> {
  const size = Math.min(Math.max(numberOr(perPage, 30), 1), 100)
  const number = Math.max(numberOr(page, 1), 1)
  const last = Math.max(Math.ceil(items.length / size), 1)
  const relations: [string, number][] = []
  if (number > 1) relations.push(['prev', Math.min(number - 1, last)])
  if (number < last) relations.push(['next', number + 1], ['last', last])
  if (number > 1) relations.push(['first', 1])
  const link = relations.map(([relation, target]) => `<${withPage(url, target)}>; rel="${relation}"`).join(', ')
  return { items: items.slice((number - 1) * size, number * size), link: link === '' ? null : link }
}

const numberOr = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback)

function withPage(url: URL, page: number): string {
  const target = new URL(url)
  target.searchParams.set('page', String(page))
  return target.href
}
