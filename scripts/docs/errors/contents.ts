/** Guards over what would be in a layer. */
import type { ErrorCode } from '../../../src/model/errors.js'
import { file, inspected, inspectedAlone } from './real-findings.js'
import type { ErrorHelp } from './section.js'

const ofThisLayer =
  'Nothing of this layer. Where the finished archive is refused, nothing of any layer; where its build ended, the others go on.'
const preview = '`layer-deploy plan --preview LAYER` builds the layer and shows it, and writes nothing to AWS.'

export const contentErrors = {
  ARCHIVE_TOO_LARGE: {
    look: `The line names the largest packages and files. ${preview}`,
    fix: 'Leave out with `build.exclude` what is not needed at run time, or split the layer.',
    written: ofThisLayer,
    example: inspected('ARCHIVE_TOO_LARGE', {
      entries: [file('python/pandas/_libs/groupby.cpython-310-x86_64-linux-gnu.so', 2_400_000)],
      unzippedBytes: 301_112_009,
      packages: [
        { name: 'pandas', version: '2.2.2', sizeBytes: 78_100_000 },
        { name: 'numpy', version: '1.26.4', sizeBytes: 61_000_000 }
      ]
    })
  },
  ARCHIVE_LAYOUT: {
    look: preview,
    fix: 'Put the code under `python/` (or the folder of its runtime), or say in `build` how the layer is made ([building](building.md)).',
    written: ofThisLayer,
    example: inspectedAlone('ARCHIVE_LAYOUT', 'da_flask/__init__.py')
  },
  ARCHIVE_UNSAFE_PATH: {
    look: `The path in the line. ${preview}`,
    fix: 'Rename or remove it, or leave it out with `build.exclude`.',
    written: ofThisLayer,
    example: inspected('ARCHIVE_UNSAFE_PATH', {
      entries: [{ kind: 'symlink', path: 'python/settings', target: '/etc/settings' }]
    })
  },
  SECRET_IN_ARCHIVE: {
    look: 'The path in the line. The value itself is never shown.',
    fix: 'Revoke the secret first, then remove it. A file that holds none is named in `build.allow-secrets`.',
    written: ofThisLayer,
    example: inspected('SECRET_IN_ARCHIVE', {
      secrets: { refused: [{ path: 'python/da_flask/.env', what: 'environment file' }], allowed: [] }
    })
  },
  LFS_POINTER: {
    look: '`git lfs ls-files`, in the submodule too.',
    fix: 'Set `lfs: true` in actions/checkout, or install git-lfs on the runner ([Git LFS](submodules.md#git-lfs)).',
    written: ofThisLayer,
    example: inspected('LFS_POINTER', {
      entries: [file('python/da_flask/model.bin')],
      traits: new Map([['python/da_flask/model.bin', { lfsPointer: true }]])
    })
  },
  WRONG_ARCHITECTURE: {
    look: '`compatible-architectures` and `compatible-runtimes` of the layer, and the file in the line.',
    fix: 'Install for what is declared, or declare what the files are for. For `rollout`: pin the function or take it out.',
    written: ofThisLayer,
    example: inspected('WRONG_ARCHITECTURE', {
      entries: [file('python/fast.cpython-310-aarch64-linux-gnu.so')],
      traits: new Map([['python/fast.cpython-310-aarch64-linux-gnu.so', { machine: 'arm64' }]])
    })
  },
  NOT_LOADABLE: {
    look: 'The file and the library in the line.',
    fix: 'Install wheels for manylinux2014, or put the missing library into `lib/` of the layer.',
    written: ofThisLayer,
    example: {
      expected: 'compiled files that python3.10 can load',
      found: 'python/fast.so (it needs GLIBC_2.34, python3.10 has glibc 2.26)',
      mend: 'install wheels for manylinux2014, put a library that is missing into lib/, or declare the runtime that has it'
    }
  },
  LAYER_NOT_IMPORTABLE: {
    look: `The module and what Python said, in the line. ${preview}`,
    fix: 'Add the missing package to what the layer installs. Where another layer brings it: `build: { check: none }`.',
    written: ofThisLayer,
    example: {
      expected:
        'the modules of the layer to be importable under python3.10 with nothing but the layer, the standard library and what Lambda brings',
      found: "da_flask.views: No module named 'flask'",
      mend: 'add flask to what the layer installs or copies, in a version that fits; where another layer brings it, set build.check: none'
    }
  }
} satisfies Partial<Record<ErrorCode, ErrorHelp>>
