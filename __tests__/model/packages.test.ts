import { afterAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { readInstalledFiles, recordedPaths } from '../../src/build-layers/inspect/installed-packages.js'
import { bytesText, largestPackages, packageText } from '../../src/model/packages.js'
import { scratchFolders } from '../build-layers/scratch.js'
import { runs } from '../support/property-runs.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})
const sized = (path: string, sizeBytes: number) => ({ path, sizeBytes })

describe('largestPackages', () => {
  it('counts files to the package that recorded them, else to what lies at the top', async () => {
    const content = scratch.make({
      'python/numpy-2.2.6.dist-info/RECORD':
        'numpy/core.py,sha256=x,5\nnumpy.libs/libblas.so,sha256=y,70\n"odd,name.py",,\n../x,,\n',
      'python/lib/python3.10/site-packages/my-lib-1.0.post1.dist-info/RECORD': 'my_lib.py,sha256=x,5\n',
      'python/broken-1.dist-info/METADATA': ''
    })
    const installed = await readInstalledFiles(content)
    const entries = [
      sized('python/numpy/core.py', 5),
      sized('python/numpy.libs/libblas.so', 70),
      sized('python/odd,name.py', 1),
      sized('python/lib/python3.10/site-packages/my_lib.py', 60),
      sized('python/lib/python3.10/site-packages/other/x.py', 50),
      sized('python/da_flask/a.py', 20),
      sized('python/da_flask/b/c.py', 22),
      sized('nodejs/node_modules/@aws/sdk/index.js', 40),
      sized('lib/libx.so', 30),
      sized('README.md', 10)
    ]
    expect(largestPackages(entries, installed)).toEqual([
      { name: 'numpy', version: '2.2.6', sizeBytes: 76 },
      { name: 'my-lib', version: '1.0.post1', sizeBytes: 60 },
      { name: 'python/lib/python3.10/site-packages/other', version: null, sizeBytes: 50 },
      { name: 'python/da_flask', version: null, sizeBytes: 42 },
      { name: 'nodejs/node_modules/@aws/sdk', version: null, sizeBytes: 40 },
      { name: 'lib/libx.so', version: null, sizeBytes: 30 },
      { name: 'README.md', version: null, sizeBytes: 10 }
    ])
  })

  it('gives ten, of equal size by name', () => {
    const entries = 'klmabcdefghij'.split('').map(name => sized(`python/${name}`, 7))
    expect(
      largestPackages(entries, new Map())
        .map(({ name }) => name.slice(-1))
        .join('')
    ).toBe('abcdefghij')
  })

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [262_144_000, '262.1 MB']
  ])('%d bytes read %s', (count, text) => {
    expect(bytesText(count)).toBe(text)
    expect(packageText({ name: 'numpy', version: '2.2.6', sizeBytes: count })).toBe(`numpy 2.2.6 ${text}`)
    expect(packageText({ name: 'python/x', version: null, sizeBytes: count })).toBe(`python/x ${text}`)
  })

  it('G10 a RECORD of any text gives relative paths that stay inside', () => {
    const line = fc.oneof(
      fc.string(),
      fc.string().map(path => `${path},,`),
      fc.string().map(path => `"${path.replaceAll('"', '""')}",,`)
    )
    fc.assert(
      fc.property(fc.array(line), lines => {
        for (const path of recordedPaths(lines.join('\n'))) expect(path).not.toMatch(/^\/|(^|\/)\.\.(\/|$)|^$/)
      }),
      { numRuns: runs(2000) }
    )
  })
})
