/** G10: what reads what a layer holds, and what a stack says of who may use it. 10,000 cases each in the bench. */
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { declaredPythons, suitsWheel } from '../../src/build-layers/inspect/wheel-tags.js'
import { hasHash, includedFiles } from '../../src/build-layers/install/requirements/requirement-list.js'
import { accessOfStack, accessParameters } from '../../src/publish-layers/engines/cloudformation/stack-access.js'
import { runs } from '../support/property-runs.js'

const cases = { numRuns: runs(300) }
const pythons = declaredPythons({ compatibleRuntimes: ['python3.10', 'python3.12'] })

describe('G10 wheels and requirements', () => {
  it('G10 a tag of any text suits or does not', () => {
    const part = fc.constantFrom(
      'cp310',
      'cp312',
      'py3',
      'abi3',
      'none',
      'any',
      'manylinux_2_17_x86_64',
      '',
      '(',
      '.',
      '-'
    )
    const tag = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.array(part, { maxLength: 8 }).map(parts => parts.join('-'))
    )
    fc.assert(
      fc.property(
        tag,
        fc.constantFrom(...pythons),
        fc.constantFrom('x86_64', 'arm64'),
        (text, python, architecture) => {
          expect(typeof suitsWheel(text, python, architecture)).toBe('boolean')
        }
      ),
      cases
    )
  })

  it('G10 a wheel for glibc suits up to the one of the runtime, and its own machine alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.constantFrom(...pythons), (glibc, python) => {
        const tag = `cp3${python.minor}-cp3${python.minor}-manylinux_2_${glibc}_aarch64`
        expect(suitsWheel(tag, python, 'arm64')).toBe(glibc <= python.glibcMinor)
        expect(suitsWheel(tag, python, 'x86_64')).toBe(false)
      }),
      cases
    )
  })

  it('G10 files that requirements include are found among any other lines', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9_.]{0,12}\.txt$/)
    const other = fc.constantFrom(
      '',
      'flask==3.0',
      '# -r no.txt',
      '--index-url https://example.com/simple',
      'x # -c no'
    )
    const line = fc.oneof(
      other.map(text => ({ text, names: [] as string[] })),
      fc.tuple(fc.constantFrom('-r ', '-c ', '--requirement=', '--constraint '), name).map(([option, file]) => {
        return { text: `${option}${file}`, names: [file] }
      })
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), lines => {
        const text = lines.map(each => each.text).join('\n')
        expect(includedFiles(text)).toEqual(lines.flatMap(each => each.names))
        expect(hasHash(text)).toBe(false)
        expect(hasHash(`${text}\nflask==3.0 --hash=sha256:0a1b`)).toBe(true)
      }),
      cases
    )
  })
})

describe('G10 stacks', () => {
  it('G10 who may use a version comes back from the parameters of its stack', () => {
    const principal = fc.oneof(
      fc.stringMatching(/^\d{12}$/),
      fc.stringMatching(/^o-[a-z0-9]{10,32}$/),
      fc.constant('public')
    )
    const access = fc.record({
      ssmParameter: fc.option(fc.stringMatching(/^(\/[A-Za-z0-9_.-]{1,20}){1,4}$/)),
      sharedWith: fc.uniqueArray(principal, { maxLength: 6 })
    })
    fc.assert(
      fc.property(access, value => {
        expect(accessOfStack({ parameters: { ArtifactKey: 'x', ...accessParameters(value) } })).toEqual(value)
      }),
      cases
    )
  })
})
