import { describe, expect, it } from '@jest/globals'
import { sha256Hex } from '../../../src/model/digest.js'
import { githubRoutes, readFixture } from '../../../emulators/github/contract.js'

describe('the cut of GitHub’s OpenAPI description', () => {
  it('is what scripts/cut-openapi.mjs wrote: the recorded SHA-256 is that of the description', () => {
    const { description, descriptionSha256, source } = readFixture()
    expect(sha256Hex(JSON.stringify(description))).toBe(descriptionSha256)
    expect(source).toEqual({
      package: '@octokit/openapi@23.0.2',
      license: 'MIT',
      file: 'generated/api.github.com.json',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/)
    })
  })

  it('holds every component that it refers to, and none beside', () => {
    const text = JSON.stringify(readFixture().description)
    const { components } = readFixture().description
    const present = Object.entries(components).flatMap(([kind, named]) =>
      Object.keys(named).map(name => `#/components/${kind}/${name}`)
    )
    const referred = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(match => match[1]))
    expect([...referred].sort()).toEqual(present.sort())
  })

  it('holds no prose: no string with a blank in it', () => {
    const texts: string[] = []
    JSON.stringify(readFixture().description, (_key, value: unknown) => {
      if (typeof value === 'string') texts.push(value)
      return value
    })
    expect(texts.length).toBeGreaterThan(1000)
    expect(texts.filter(text => text.includes(' '))).toEqual([])
  })

  it.each(githubRoutes().map(route => [route.id, route] as const))('%s: an empty object is no answer', (_id, route) => {
    const status = { GET: 200, PATCH: 200, POST: 201, DELETE: 204 }[route.method] ?? 0
    expect(route.checkResponse(status, {})).not.toEqual([])
    expect(route.checkResponse(418, {})).toEqual([`status 418 is not described for ${route.id}`])
  })
})
