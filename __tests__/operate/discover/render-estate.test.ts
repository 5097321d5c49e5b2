import { expect, it } from '@jest/globals'
import { estatePage } from '../../../src/operate/discover/render-estate.js'

it('the page says when it was read, and is made for a phone, too', () => {
  const page = estatePage({ places: [], unread: [] }, Date.UTC(2026, 0, 2, 3, 4))
  expect(page).toContain('<time datetime="2026-01-02T03:04:00.000Z">2026-01-02 03:04 UTC</time>')
  expect(page).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">')
})
