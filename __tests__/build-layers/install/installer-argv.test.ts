import { describe, expect, it } from '@jest/globals'
import {
  pipForeignArgvs,
  pipInstallArgv,
  uvInstallArgv,
  wheelArgv,
  type Installation
} from '../../../src/build-layers/install/installer-argv.js'
import { platformTags, pythonTarget } from '../../../src/build-layers/install/python/python-target.js'

const target = { version: '3.10', architecture: 'aarch64', glibcMinor: 26 } as const
const native: Installation = {
  python: 'python3',
  targetDirectory: '/out/python',
  requirements: ['/src/requirements.txt'],
  target,
  wheelsOnly: true,
  requireHashes: false
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

  it('names every platform tag that runs there, what uv takes first, none newer', () => {
    expect(platformTags(target)).toEqual([
      ...['manylinux_2_17_aarch64', 'manylinux2014_aarch64', 'linux_aarch64'],
      ...[26, 25, 24, 23, 22, 21, 20, 19, 18].map(minor => `manylinux_2_${minor}_aarch64`)
    ])
    const newer = platformTags({ version: '3.12', architecture: 'x86_64', glibcMinor: 34 })
    expect([newer[0], newer.at(-3), newer.at(-1), newer.length]).toEqual([
      ...['manylinux_2_34_x86_64', 'manylinux_2_17_x86_64', 'linux_x86_64', 20]
    ])
  })
})

describe('installer arguments', () => {
  const options = ['install', '--no-input', '--disable-pip-version-check', '--no-compile', '--no-warn-script-location']

  it("F130 pip, by the tags of the layer, with nothing but pip's own options: wheels only", () => {
    const argv = pipInstallArgv(native)
    expect(argv.slice(0, 3)).toEqual(['python3', '-m', 'pip'])
    expect(argv.slice(3, 13)).toEqual([
      ...[...options, '--no-warn-conflicts', '--target', '/out/python'],
      ...['--implementation=cp', '--python-version=3.10']
    ])
    expect(argv[13]).toBe('--platform=manylinux_2_17_aarch64')
    expect(argv.slice(-3)).toEqual(['--only-binary=:all:', '-r', '/src/requirements.txt'])
  })

  it('pip, where packages may be built: as the interpreter is', () => {
    const argv = pipInstallArgv({ ...native, wheelsOnly: false })
    expect(argv.slice(0, 3)).toEqual(['python3', '-m', 'pip'])
    expect(argv.join(' ')).not.toMatch(/--platform|--only-binary/)
  })

  it('F130 pip under another Python: what is downloaded for the layer, then installed as it is', () => {
    const [download, unpack] = pipForeignArgvs(native, target, '/wheels')
    expect(download).toEqual(expect.arrayContaining(['download', '--python-version=3.10', '--dest', '/wheels']))
    expect(unpack).toEqual(expect.arrayContaining(['--no-index', '--no-deps', '--ignore-requires-python']))
  })

  it.each([pipInstallArgv, uvInstallArgv])('F121 a complete list brings in nothing else: %p', argv => {
    expect(argv({ ...native, complete: true })).toContain('--no-deps')
    expect(argv(native)).not.toContain('--no-deps')
  })

  it('pip, for a layer without a Python runtime: as the runner is', () => {
    expect(pipInstallArgv({ ...native, target: null })).toEqual([
      ...['python3', '-m', 'pip', ...options, '--no-warn-conflicts', '--target', '/out/python'],
      ...['--only-binary=:all:', '-r', '/src/requirements.txt']
    ])
  })

  it('uv, by the tags of the layer', () => {
    expect(uvInstallArgv(native)).toEqual([
      ...['uv', 'pip', 'install', '--no-progress', '--color=never', '--link-mode=copy', '--no-python-downloads'],
      ...['--python', 'python3', '--target', '/out/python', '--python-version=3.10'],
      ...['--python-platform=aarch64-manylinux2014', '--only-binary=:all:', '-r', '/src/requirements.txt']
    ])
    const newer = { ...native, target: { ...target, version: '3.12', glibcMinor: 34 } }
    expect(uvInstallArgv(newer)).toContain('--python-platform=aarch64-manylinux_2_34')
    expect(uvInstallArgv({ ...native, target: null }).join(' ')).not.toContain('--python-')
    expect(uvInstallArgv({ ...native, wheelsOnly: false })).not.toContain('--only-binary=:all:')
  })

  it.each([pipInstallArgv, uvInstallArgv])('demands every digest where one is given: %p', argv => {
    const both = argv({ ...native, requireHashes: true, requirements: ['/a.txt', '/b.txt'] })
    expect(both.slice(-5)).toEqual(['--require-hashes', '-r', '/a.txt', '-r', '/b.txt'])
  })

  it('builds a wheel of the project alone', () => {
    expect(wheelArgv('pip', 'python3', '/p', '/w').slice(-4)).toEqual(['--no-deps', '--wheel-dir', '/w', '/p'])
    expect(wheelArgv('uv', 'python3', '/p', '/w').slice(-5)).toEqual(['--python', 'python3', '--out-dir', '/w', '/p'])
  })
})
