import { describe, expect, it } from '@jest/globals'
import { missingCompiler } from '../../../src/build-layers/install/installer-output.js'

describe('F124 a compiler that the runner lacks, in the words of build backends', () => {
  it.each([
    ['Cargo, the Rust package manager, is not installed or is not on PATH.', 'Rust compiler'],
    ["error: can't find Rust compiler", 'Rust compiler'],
    ["unable to execute 'gcc': No such file or directory", 'C compiler'],
    ["error: command 'x86_64-linux-gnu-gcc' failed: No such file or directory", 'C compiler'],
    ['ERROR: Unknown compiler(s): [[cc], [gcc], [clang]]', 'C compiler'],
    ['CMake Error: No CMAKE_C_COMPILER could be found.', 'C compiler'],
    ['fatal error: Python.h: No such file or directory', 'headers of Python'],
    ['Could not find ninja', 'tool that the build asks for']
  ])('%s', (words, mend) => {
    expect(missingCompiler(words)).toContain(mend)
  })

  it.each([
    'error: command gcc failed with exit code 1',
    'ModuleNotFoundError: No module named cargo_helper',
    'fatal error: yaml.h: No such file or directory',
    'ERROR: Could not find a version that satisfies the requirement cmake (from versions: none)',
    'success: accepted the compiled code'
  ])('%s: no compiler is missing', words => {
    expect(missingCompiler(words)).toBeNull()
  })
})
