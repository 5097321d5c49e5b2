import { describe, expect, it } from '@jest/globals'
import { reasonOf } from '../../../src/build-layers/command/failure.js'

const many = (line: string): string[] => Array.from({ length: 60 }, (_, index) => `${line} ${index}`)

describe('F124 the reason of a failed build', () => {
  it.each([
    [
      'a compiler that is missing, under pip',
      [
        '  error: subprocess-exited-with-error',
        '  × Building wheel for x (pyproject.toml) did not run successfully.',
        '  │ exit code: 1',
        '  ╰─> [90 lines of output]',
        ...many('      copying a/b.py'),
        "      error: command 'gcc' failed: No such file or directory",
        '      [end of output]',
        '  note: This error originates from a subprocess, and is likely not a problem with pip.',
        '  ERROR: Failed building wheel for x'
      ],
      "error: command 'gcc' failed: No such file or directory"
    ],
    [
      'an exception in setup.py',
      [
        'Traceback (most recent call last):',
        '  File "setup.py", line 1, in <module>',
        "ModuleNotFoundError: No module named 'numpy'",
        ...many('hint: see')
      ],
      "ModuleNotFoundError: No module named 'numpy'"
    ],
    [
      'a header that is missing',
      ['x.c:1:10: fatal error: ffi.h: No such file or directory', ...many('   |      ^~~~')],
      'ffi.h'
    ],
    [
      'a script that says it in its own words',
      ['making', 'the moon is in the wrong house'],
      'the moon is in the wrong house'
    ]
  ])('%s', (_, lines, reason) => {
    const said = reasonOf(lines)
    expect(said).toContain(reason)
    expect(said.length).toBeLessThanOrEqual(600)
  })

  it('is empty where nothing was said', () => {
    expect(reasonOf(['', '   '])).toBe('')
  })
})
