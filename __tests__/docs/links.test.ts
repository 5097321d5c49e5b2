/** Every link of every page leads somewhere, its anchor too, and every page is two clicks from the README. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { allPages, anchorsOf, linksOf, pagesFrom, root } from './pages.js'

describe('links', () => {
  it.each(allPages())('%s: each leads to a file or folder, and to a heading of it', page => {
    const dead = linksOf(page).filter(
      ({ path, anchor }) => !existsSync(join(root, path)) || (anchor !== '' && !anchorsOf(path).has(anchor))
    )
    expect(dead).toEqual([])
  })

  it('every page is reached from the README in two clicks', () => {
    const reachable = (place: string): boolean => place.endsWith('.md') || !/\.\w+$/.test(place)
    const one = pagesFrom('README.md').filter(reachable)
    const two = one.filter(place => !place.startsWith('..')).flatMap(pagesFrom)
    const reached = new Set(['README.md', ...one, ...two])
    expect(allPages().filter(page => !reached.has(page))).toEqual([])
  })

  it('the index names all four kinds', () => {
    for (const kind of ['tutorial', 'how-to', 'reference', 'explanation'])
      expect([...anchorsOf('docs/README.md')]).toContain(kind)
  })
})
