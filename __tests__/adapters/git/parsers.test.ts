import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseSettings } from '../../../src/adapters/git/submodules/local-config.js'
import { redact } from '../../../src/adapters/git/command/messages.js'
import { parseStatus } from '../../../src/adapters/git/checkout.js'
import {
  isSafePath,
  submoduleProtocol,
  submoduleSource
} from '../../../src/adapters/git/submodules/submodule-source.js'
import { CodedError } from '../../../src/model/errors.js'

const cases = { numRuns: 10_000 }
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const id = 'a'.repeat(40)
/** Any text that git may print as a path: no NUL, not empty, well-formed. */
const anyPath = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map(text => text.replaceAll('\0', '_'))

describe('parseStatus', () => {
  const record = fc.tuple(
    fc.constantFrom(`1 .M N... 100644 100644 100644 ${id} ${id} `, `u UU N... 1 2 3 4 ${id} ${id} ${id} `, '? '),
    anyPath
  )

  it('G10 F32 gives back every path that git could print', () => {
    fc.assert(
      fc.property(fc.array(record, { maxLength: 5 }), fc.boolean(), (records, initial) => {
        const headers = [`# branch.oid ${initial ? '(initial)' : id}`, '# branch.head (detached)']
        const { commit, dirtyPaths } = parseStatus(
          bytes([...headers, ...records.map(parts => parts.join('')), ''].join('\0'))
        )
        return commit === (initial ? null : id) && dirtyPaths.join('\0') === records.map(([, path]) => path).join('\0')
      }),
      cases
    )
  })

  it('G10 throws a coded error on anything else, or parses', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), noise => {
        try {
          return parseStatus(bytes(noise)).dirtyPaths.every(path => path !== '')
        } catch (error) {
          return error instanceof CodedError && error.code === 'GIT_FAILED'
        }
      }),
      cases
    )
    for (const raw of ['2 R. N... x', '! ignored', '1 .M short', '?', 'x y'])
      expect(() => parseStatus(bytes(`${raw}\0`))).toThrow(raw)
  })
})

describe('parseSettings', () => {
  it('G10 gives back keys and values, whatever they hold', () => {
    const setting = fc.tuple(fc.stringMatching(/^[a-z]{1,8}(\.[^\n\0]{1,8})?\.[a-z]{1,8}$/), anyPath)
    fc.assert(
      fc.property(fc.array(setting, { maxLength: 5 }), settings => {
        const parsed = parseSettings(bytes(settings.map(([key, value]) => `${key}\n${value}\0`).join('')))
        return JSON.stringify(parsed) === JSON.stringify(settings)
      }),
      cases
    )
    expect(parseSettings(bytes('core.bare\0'))).toEqual([['core.bare', 'true']])
  })
})

describe('F34 submoduleProtocol', () => {
  it.each([
    ['https://github.com/org/x.git', 'https'],
    ['https://x-access-token:EXAMPLE@github.com:8443/org/x.git', 'https'],
    ['ssh://git@github.com/org/x.git', 'ssh'],
    ['ssh://git@[::1]:2222/x', 'ssh'],
    ['git@github.com:org/x.git', 'ssh'],
    ['github.com:org/x.git', 'ssh'],
    ['http://127.0.0.1:8080/x.git', 'http'],
    ['http://localhost/x.git', 'http'],
    ['http://[::1]:1/x.git', 'http']
  ])('%s is fetched over %s', (url, protocol) => {
    expect(submoduleProtocol(url)).toBe(protocol)
  })

  it.each([
    '',
    '-u./payload',
    '--upload-pack=x',
    'file:///etc',
    'FILE:///etc',
    '/etc',
    './x',
    '../x',
    'x/y:z',
    'ext::sh -c x',
    'ext::x',
    'fd::17',
    'https::x',
    'git://x/y',
    'ftp://x/y',
    'http://example.com/x',
    'http://127.0.0.1@example.com/x',
    'http://127.0.0.1.example.com/x',
    'http://example.com?@127.0.0.1/x',
    'http://example.com#@127.0.0.1/x',
    'http://example.com\\@127.0.0.1/x',
    'https:///x',
    'https://',
    'ssh://-oProxyCommand=x/y',
    'ssh://git@-oProxyCommand=x/y',
    '-oProxyCommand=x:y',
    'git@-x:y',
    'host:-x',
    'https://a b/c',
    'https://a\nb',
    'https://a/%0ab',
    'HTTPS://x/y'
  ])('%j is not fetched', url => {
    expect(submoduleProtocol(url)).toBeNull()
  })

  it('G10 never lets through a helper, a local path or an option', () => {
    const piece = fc.constantFrom(
      'ext',
      'file',
      'https',
      'ssh',
      'git',
      '::',
      ':',
      '/',
      '//',
      '-',
      '@',
      '.',
      '..',
      '127.0.0.1',
      'x',
      ' ',
      '\\',
      '?'
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
        const url = pieces.join('')
        if (submoduleProtocol(url) === null) return true
        return !/^[\w]*::/.test(url) && !/^[-./\\]/.test(url) && !/^(file|ext|git):\/\//.test(url) && !url.includes(' ')
      }),
      cases
    )
  })
})

describe('submoduleSource', () => {
  const settings = (extra: readonly (readonly [string, string])[] = []) => [
    ['submodule.a.b.path', 'dir/x'] as const,
    ['submodule.a.b.url', 'https://example.com/x.git'] as const,
    ...extra
  ]

  it('finds the section by its path, the last setting counts', () => {
    const expected = { name: 'a.b', path: 'dir/x', url: 'https://example.com/x.git' }
    expect(submoduleSource('dir/x', settings())).toEqual(expected)
    expect(
      submoduleSource(
        'dir/x',
        settings([
          ['submodule.a.b.update', 'rebase'],
          ['submodule.a.b.shallow', 'true']
        ])
      )
    ).toEqual(expected)
    expect(submoduleSource('dir/x', settings([['submodule.a.b.url', '../y.git']])).url).toBe('../y.git')
    expect(() => submoduleSource('dir/x', settings([['submodule.a.b.update', '!touch x']]))).toThrow(
      /no command to run/
    )
    expect(() => submoduleSource('dir', settings())).toThrow(/a section in \.gitmodules/)
  })

  it('F33 F34 takes only plain relative paths', () => {
    for (const good of ['a', 'a/b', 'a.b', '..a', 'a..b', '.github']) expect(isSafePath(good)).toBe(true)
    for (const bad of ['', '/a', 'a/', 'a//b', '.', '..', '../a', 'a/..', 'a\\..', '-a', '.git', 'a/.GIT/b', 'a\nb']) {
      expect(isSafePath(bad)).toBe(false)
    }
  })
})

describe('F35 redact', () => {
  it.each([
    ['fatal: unable to access https://octo:s3cr3t@example.com/x', 'fatal: unable to access https://***@example.com/x'],
    ['https://s3cr3t@example.com/x', 'https://***@example.com/x'],
    ['https://octo:s3cr3t@with/at@example.com/x', 'https://***@example.com/x'],
    ['ssh://git:s3cr3t@example.com/x', 'ssh://***@example.com/x'],
    ['AUTHORIZATION: basic s3cr3t', 'AUTHORIZATION: ***'],
    ['authorization: s3cr3t', 'authorization: ***'],
    ['https://example.com/x?access_token=s3cr3t&y=1', 'https://example.com/x?access_token=***&y=1'],
    ['token ghs_EXAMPLEEXAMPLEEXAMPLE', 'token ***'],
    ['ssh://git@example.com/x and git@example.com:x', 'ssh://git@example.com/x and git@example.com:x'],
    ['https://example.com/@scope', 'https://example.com/@scope']
  ])('%s', (text, redacted) => {
    expect(redact(text)).toBe(redacted)
  })

  it('leaves no part of a password, wherever the URL stands', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9!$%&*+,;=~_.@/-]{6,20}$/).map(text => `Q7${text}7Q`)
    fc.assert(
      fc.property(
        secret,
        fc.constantFrom('https', 'http', 'ssh'),
        fc.constantFrom('', 'fatal: ', "remote: '", 'a@b ', 'https://x/'),
        (password, scheme, before) => {
          const shown = redact(`${before} ${scheme}://octo:${password}@example.com/x'`)
          return !shown.includes('Q7') && !shown.includes('7Q')
        }
      ),
      cases
    )
  })
})
