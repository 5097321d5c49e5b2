import { describe, expect, it } from '@jest/globals'
import { markerHolds, forTarget } from '../../../../src/build-layers/install/requirements/markers.js'
import { markerEnvironment } from '../../../../src/build-layers/install/python/python-target.js'

const target = { version: '3.10', architecture: 'aarch64', glibcMinor: 26 } as const
const environment = markerEnvironment(target)

describe('F130 conditions, read for the layer', () => {
  it.each([
    ['python_version < "3.11"', true],
    ['python_version >= "3.9"', true],
    ["'3.9' <= python_version", true],
    ['python_version == "3.1"', false],
    ['python_version == "3.*"', true],
    ['python_version ~= "3.8"', true],
    ['python_full_version < "3.10.0"', false],
    ['platform_machine == "aarch64" and sys_platform != "win32"', true],
    ['platform_machine == "x86_64" or (os_name == "posix" and python_version > "3.9")', true],
    ['platform_machine in "x86_64 aarch64"', true],
    ['platform_machine not in "x86_64 AMD64"', true],
    ['extra == "fast"', false],
    ['implementation_name == "cpython"', true]
  ])('%s', (marker, holds) => {
    expect(markerHolds(marker, environment)).toBe(holds)
  })

  it.each(['python_version <', 'python_version < "3" extra', '(os_name == "posix"', 'os_name = "x"'])(
    'refuses what is none: %s',
    marker => {
      expect(() => markerHolds(marker, environment)).toThrow()
    }
  )

  it('a list for pip: without what the layer does not need, without conditions on the rest', () => {
    const named = (text: string, marker: string) => ({ kind: 'named', name: 'a', text, marker }) as const
    const lines = [
      named('a ; python_version < "3.11" --hash=sha256:00', 'python_version < "3.11"'),
      named('b ; platform_machine == "x86_64"', 'platform_machine == "x86_64"'),
      named('c', '')
    ]
    expect(forTarget(lines, target)).toEqual([named('a --hash=sha256:00', ''), named('c', '')])
  })
})
