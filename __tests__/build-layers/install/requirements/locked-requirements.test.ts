import { afterAll, describe, expect, it } from '@jest/globals'
import { buildLayer } from '../../../../src/build-layers/build-layer.js'
import { layer, recordedLog, runnerWith, scratchFolders, zipRows } from '../../scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

/** Of a project without runtime dependencies poetry knows no group "main", and says so when it is named. */
const poetry = `#!/bin/sh
[ "$1" = --version ] && exit 0
for each do
  case $each in
    --only*|--with=*|--with) echo 'Group(s) not found: main (via --only)' >&2; exit 1 ;;
  esac
  last=$each
done
: > "$last"
`

describe('F122 poetry.lock', () => {
  it('of a [project] without runtime dependencies: the layer is its own code', async () => {
    const bin = scratch.make({ poetry: { executable: poetry } })
    const source = {
      'pyproject.toml': '[project]\nname = "da-flask"\nversion = "1.0"\n[tool.poetry]\npackage-mode = false\n',
      'poetry.lock': 'package = []\n[metadata]\nlock-version = "2.1"\n',
      'da_flask/__init__.py': ''
    }
    const { file } = await buildLayer(
      {
        layer: layer({ kind: 'detect', installer: 'pip' }),
        sourceDirectory: scratch.make(source),
        outputDirectory: scratch.make()
      },
      {
        process: runnerWith({ PATH: `${bin}:${process.env['PATH'] ?? ''}`, PIP_NO_INDEX: '1' }),
        log: recordedLog()
      }
    )
    expect((await zipRows(file)).map(({ name }) => name)).toContain('python/da_flask/__init__.py')
  })
})
