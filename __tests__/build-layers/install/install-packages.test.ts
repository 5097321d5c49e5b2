import { describe, expect, it } from '@jest/globals'
import {
  pipInstallArgv,
  uvInstallArgv,
  wheelArgv,
  type Installation
} from '../../../src/build-layers/install/install-packages.js'
import { isCross, platformTags, pythonTarget } from '../../../src/build-layers/install/python-target.js'

const target = { version: '3.10', architecture: 'aarch64', glibcMinor: 26 } as const
const native: Installation = {
  python: 'python3',
  targetDirectory: '/out/python',
  from: { requirements: '/src/requirements.txt' },
  target,
  cross: false
}

describe('pythonTarget', () => {
  it.each([
    [['python3.10'], ['x86_64'], { version: '3.10', architecture: 'x86_64', glibcMinor: 26 }],
    [
      ['nodejs20.x', 'python3.12', 'python3.11'],
      ['arm64'],
      { version: '3.12', architecture: 'aarch64', glibcMinor: 34 }
    ],
    [['python3.9'], [], { version: '3.9', architecture: 'x86_64', glibcMinor: 26 }],
    [['nodejs20.x'], ['arm64'], null],
    [[], [], null]
  ])('%j on %j', (compatibleRuntimes, compatibleArchitectures, expected) => {
    expect(pythonTarget({ compatibleRuntimes, compatibleArchitectures })).toEqual(expected)
  })

  it('is cross unless version, system and machine agree', () => {
    expect(isCross(target, { version: '3.10', machine: 'linux-aarch64' })).toBe(false)
    expect(isCross(target, { version: '3.11', machine: 'linux-aarch64' })).toBe(true)
    expect(isCross(target, { version: '3.10', machine: 'linux-x86_64' })).toBe(true)
    expect(isCross(target, { version: '3.10', machine: 'darwin-aarch64' })).toBe(true)
  })

  it('names every platform tag that runs there, newest first, none newer', () => {
    const tags = platformTags(target)
    expect([tags[0], tags.at(-2), tags.at(-1), tags.length]).toEqual([
      'manylinux_2_26_aarch64',
      'manylinux_2_17_aarch64',
      'manylinux2014_aarch64',
      11
    ])
  })
})

describe('installer arguments', () => {
  it('pip, for the runner itself', () => {
    expect(pipInstallArgv(native)).toEqual([
      ...['python3', '-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--no-compile'],
      ...['--no-warn-script-location', '--target', '/out/python', '-r', '/src/requirements.txt']
    ])
  })

  it('pip, for another Python or machine: wheels for its tags only', () => {
    const argv = pipInstallArgv({ ...native, cross: true, from: { wheels: ['/w/a.whl'] } })
    expect(argv.slice(8, 15)).toEqual([
      ...['--target', '/out/python', '--only-binary=:all:', '--implementation=cp', '--python-version=3.10'],
      ...['--platform=manylinux_2_26_aarch64', '--platform=manylinux_2_25_aarch64']
    ])
    expect(argv.at(-1)).toBe('/w/a.whl')
  })

  it('pip, for a layer without a Python runtime: as the runner is', () => {
    expect(pipInstallArgv({ ...native, target: null, cross: true })).toEqual(pipInstallArgv(native))
  })

  it('uv, always by the tags of the layer; wheels only where it is another machine', () => {
    expect(uvInstallArgv(native)).toEqual([
      ...['uv', 'pip', 'install', '--no-progress', '--color=never', '--link-mode=copy', '--no-python-downloads'],
      ...['--python', 'python3', '--target', '/out/python', '--python-version=3.10'],
      ...['--python-platform=aarch64-manylinux2014', '-r', '/src/requirements.txt']
    ])
    const newer = { ...native, cross: true, target: { ...target, version: '3.12', glibcMinor: 34 } }
    expect(uvInstallArgv(newer)).toEqual(
      expect.arrayContaining(['--python-platform=aarch64-manylinux_2_34', '--only-binary=:all:'])
    )
    expect(uvInstallArgv({ ...native, target: null }).join(' ')).not.toContain('--python-')
  })

  it('builds a wheel of the project alone', () => {
    expect(wheelArgv('pip', 'python3', '/p', '/w').slice(-4)).toEqual(['--no-deps', '--wheel-dir', '/w', '/p'])
    expect(wheelArgv('uv', 'python3', '/p', '/w').slice(-5)).toEqual(['--python', 'python3', '--out-dir', '/w', '/p'])
  })
})
