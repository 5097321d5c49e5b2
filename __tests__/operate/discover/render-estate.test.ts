import { describe, expect, it } from '@jest/globals'
import { plainDetails } from '../../../src/cli/output/render-text.js'
import type { EstatePlace } from '../../../src/operate/discover/estate.js'
import { estateMarkdown, estatePage } from '../../../src/operate/discover/render-estate.js'

it('the page says when it was read, and is made for a phone, too', () => {
  const page = estatePage({ places: [], unread: [] }, Date.UTC(2026, 0, 2, 3, 4))
  expect(page).toContain('<time datetime="2026-01-02T03:04:00.000Z">2026-01-02 03:04 UTC</time>')
  expect(page).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">')
})

describe('who reaches what', () => {
  const version = { version: 1, arn: 'a:1', createdAt: '2026-01-01', codeSha256: 'a', contentDigest: null, users: [] }
  const place = (versions: readonly object[], more: object = {}) =>
    ({
      ...{ environment: 'sandbox', accountId: '111122223333', region: 'us-east-2', bucket: 'code' },
      layers: [{ name: 'l', layerId: 'l', stack: null, deployedVersion: null, versions, adopt: null }],
      ...more
    }) as EstatePlace
  const shared = (sharedWith: readonly string[] | null) => ({ ...version, sharedWith })
  const both = (estate: EstatePlace) => {
    const all = { places: [estate], unread: [] }
    return [estateMarkdown(all), estatePage(all, 0), plainDetails(estateMarkdown(all), 200, false)] as const
  }
  const grant = {
    ...{ principal: '444455556666', actions: ['s3:GetObject', 's3:ListBucket'], keys: ['layer-deploy/*'] },
    conditions: ['aws:SecureTransport']
  }

  it('shows whom a version is shared with, in each form', () => {
    const versions = [shared(['444455556666', 'o-example12345', 'public']), shared([]), shared(null)]
    const [markdown, page, text] = both(place(versions))
    expect(markdown).toContain('| `444455556666`, `o-example12345`, `public` |')
    expect(markdown).toContain('| not known |')
    expect(page).toContain('<td>444455556666, o-example12345, public</td>')
    expect(page).toContain('<td>not known</td>')
    expect(text).toContain('444455556666, o-example12345, public')
  })
  it('shows whom the run is, and what the bucket lets others do', () => {
    const principal = 'arn:aws:sts::111122223333:assumed-role/discover/run'
    for (const text of both(place([], { principal, bucketGrants: [grant] }))) {
      expect(text).toContain(principal)
      expect(text.replaceAll(/<\/?\w+>|`/g, '').replaceAll('&#42;', '*')).toContain(
        '444455556666: s3:GetObject, s3:ListBucket on layer-deploy/*, only where aws:SecureTransport holds'
      )
    }
    for (const text of both(place([], { bucketGrants: [] })))
      expect(text).toContain('lets nobody in but account 111122223333')
    for (const text of both(place([], { bucketGrants: null }))) expect(text).toContain('is not known')
  })
  it('F84 hostile text is text', () => {
    const hostile = '`<script>alert(1)</script>|@team'
    const [markdown, page] = both(
      place([shared([hostile])], {
        principal: hostile,
        bucketGrants: [{ ...grant, principal: hostile, actions: [hostile] }]
      })
    )
    expect(markdown).not.toContain('<script>')
    expect(page).not.toContain('<script>')
  })
  it('is bounded', () => {
    const [markdown] = both(place([], { bucketGrants: Array.from({ length: 60 }, () => grant) }))
    expect(markdown).toContain('- and 10 more')
  })
})
