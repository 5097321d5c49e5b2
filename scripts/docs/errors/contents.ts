/** Guards over what would be in a layer. */
import type { ErrorCode } from '../../../src/model/errors.js'
import type { ErrorHelp } from './section.js'

const ofThisLayer =
  'Nothing of this layer. Where the finished archive is refused, nothing of any layer; where its build ended, the others go on.'
const preview = '`layer-deploy plan --preview LAYER` builds the layer and shows it, and writes nothing to AWS.'

export const contentErrors = {
  ARCHIVE_TOO_LARGE: {
    look: `The line names the largest packages and files. ${preview}`,
    fix: 'Leave out with `build.exclude` what is not needed at run time, or split the layer.',
    written: ofThisLayer,
    example: {
      expected: 'at most 262144000 bytes unzipped',
      found:
        '301112009 bytes, the most in pandas 2.2.2 (78.1 MB), numpy 1.26.4 (61.0 MB); the largest files are python/pandas/_libs/groupby.so 2.4 MB',
      mend: 'leave out what the function does not need at run time with build.exclude, or split the layer'
    }
  },
  ARCHIVE_LAYOUT: {
    look: preview,
    fix: 'Put the code under `python/` (or the folder of its runtime), or say in `build` how the layer is made ([building](building.md)).',
    written: ofThisLayer,
    example: {
      expected: 'a file in one of the folders that the runtime looks in (python/, bin/, lib/)',
      found: 'only da_flask',
      mend: 'put the content under python/ (or the folder of its runtime), or write it there with build'
    }
  },
  ARCHIVE_UNSAFE_PATH: {
    look: `The path in the line. ${preview}`,
    fix: 'Rename or remove it, or leave it out with `build.exclude`.',
    written: ofThisLayer,
    example: {
      expected: 'plain relative paths, and links that stay in the layer',
      found: 'python/config (a link out of the layer)',
      mend: 'rename or remove them, or leave them out with build.exclude'
    }
  },
  SECRET_IN_ARCHIVE: {
    look: 'The path in the line. The value itself is never shown.',
    fix: 'Revoke the secret first, then remove it. A file that holds none is named in `build.allow-secrets`.',
    written: ofThisLayer,
    example: {
      expected: 'no secret in the layer',
      found: 'python/da_flask/.env (a file of secrets by its name)',
      mend: 'remove them or leave them out with build.exclude, and revoke what was committed; a file that holds none is let pass by naming its path in build.allow-secrets'
    }
  },
  LFS_POINTER: {
    look: '`git lfs ls-files`, in the submodule too.',
    fix: 'Set `lfs: true` in actions/checkout, or install git-lfs on the runner ([Git LFS](submodules.md#git-lfs)).',
    written: ofThisLayer,
    example: {
      expected: 'the content of every file',
      found: 'Git LFS pointers in its place: python/da_flask/model.bin',
      mend: 'set `lfs: true` in actions/checkout or run `git lfs pull` before this step (in the submodule too), with git-lfs on the runner, or leave the files out with build.exclude'
    }
  },
  WRONG_ARCHITECTURE: {
    look: '`compatible-architectures` and `compatible-runtimes` of the layer, and the file in the line.',
    fix: 'Install for what is declared, or declare what the files are for. For `rollout`: pin the function or take it out.',
    written: ofThisLayer,
    example: {
      expected: 'compiled files for x86_64, python3.10, as declared',
      found: 'python/lib.cpython-310-aarch64-linux-gnu.so (for arm64)',
      mend: 'install for the declared runtime and architecture, declare only what the files are for, or leave them out with build.exclude'
    }
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
