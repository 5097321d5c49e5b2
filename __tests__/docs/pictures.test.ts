/** Each picture of a page is there, small, described, and shows what the demo writes today. */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { findBrowser } from '../../scripts/pictures/browser.js'
import { sha256, shownByTheDemo, textDigest } from '../../scripts/pictures/shown.js'
import { allPages, picturesOf, root } from './pages.js'

const folder = join(root, 'docs/pictures')
const files = readdirSync(folder).filter(name => !name.endsWith('.json'))
const record = JSON.parse(readFileSync(join(folder, 'pictures.json'), 'utf8')) as Record<
  string,
  { picture: string; text: string }
>

describe('pictures', () => {
  const shown = allPages().flatMap(page => picturesOf(page).map(picture => ({ page, ...picture })))

  it('the README shows the comment', () => {
    expect(shown).toContainEqual({ page: 'README.md', path: 'docs/pictures/comment.png', text: expect.any(String) })
  })

  it.each(shown)('$page: $path is there and says in words what it shows', ({ path, text }) => {
    expect(statSync(join(root, path)).size).toBeLessThan(150_000)
    expect(text.split(/\s+/).length).toBeGreaterThan(5)
  })

  it('none lies there that no page shows', () => {
    expect(files.map(name => `docs/pictures/${name}`).filter(path => !shown.some(each => each.path === path))).toEqual(
      []
    )
  })

  it('each is the one that was taken of the recorded text', () => {
    const now = files.map(name => [name.replace('.png', ''), sha256(readFileSync(join(folder, name)))])
    expect(Object.fromEntries(now)).toEqual(
      Object.fromEntries(Object.entries(record).map(([name, { picture }]) => [name, picture]))
    )
  })

  it('the recorded text is what the demo writes today; else: npm run pictures', async () => {
    const today = (await shownByTheDemo()).map(({ name, markdown }) => [name, textDigest(markdown)])
    expect(Object.fromEntries(today)).toEqual(
      Object.fromEntries(Object.entries(record).map(([name, { text }]) => [name, text]))
    )
  }, 240_000)

  it('without Chromium the script says what to install', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'path-'))
    await expect(findBrowser(empty)).rejects.toThrow(/Chromium on PATH.*To fix: install/)
    await rm(empty, { recursive: true })
  })
})
