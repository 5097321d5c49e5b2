import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import {
  givesHashes,
  hasHash,
  includedFiles
} from '../../../../src/build-layers/install/requirements/requirement-list.js'
import { requirementsOf } from '../../../../src/build-layers/install/requirements/locked-requirements.js'
import { scratchFolders } from '../../scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

describe('digests in requirements', () => {
  it.each([
    ['flask==3.1.0 --hash=sha256:ab', true],
    ['flask==3.1.0 \\\n    --hash=sha256:ab \\\n    --hash=sha256:cd\n', true],
    ['flask==3.1.0 # --hash=sha256:ab', false],
    ['# --hash=sha256:ab\nflask', false],
    ['flask', false]
  ])('%j: %j', (text, found) => {
    expect(hasHash(text)).toBe(found)
  })

  it('follows what is included, once each, and no addresses', async () => {
    const text =
      '-r base.txt\n--requirement=more/dev.txt\n-c constraints.txt # x\n-r https://example.org/r.txt\nflask -c-d\n'
    expect(includedFiles(text)).toEqual(['base.txt', 'more/dev.txt', 'constraints.txt'])
    const folder = scratch.make({
      'a.txt': '-r b.txt\n-r missing.txt',
      'b.txt': '-r a.txt\n-r deep/c.txt',
      'deep/c.txt': '-c d.txt',
      'deep/d.txt': 'flask==3 --hash=sha256:ab',
      'none.txt': '-r none.txt\nflask'
    })
    expect(await givesHashes(join(folder, 'a.txt'))).toBe(true)
    expect(await givesHashes(join(folder, 'none.txt'))).toBe(false)
  })
})

describe("pipenv's export", () => {
  const printed = '-i https://index.example/simple\nflask==3.1.0 --hash=sha256:ab\n'
  const lock = (...names: string[]) => JSON.stringify({ _meta: { sources: names.map(name => ({ name })) } })

  it('names the index only where the Pipfile names one of its own', () => {
    expect(requirementsOf(printed, lock('pypi'))).toBe('flask==3.1.0 --hash=sha256:ab\n')
    expect(requirementsOf(printed, lock('pypi', 'ours'))).toBe(printed)
    expect(requirementsOf(printed, lock('ours'))).toBe(printed)
  })
})
