/** da_framework by a real installer: what it requires lies as a wheel in the submodule, so that nothing comes from the network. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Files } from '../../emulators/world/superproject.js'
import { listContent } from '../../src/build-layers/archive/list-content.js'
import { writeArchive } from '../../src/build-layers/archive/write-archive.js'

const run = promisify(execFile)

/** Which installer a run of the demo finds, as the action looks for it; `null`: neither uv nor Python's pip. */
export async function findInstaller(): Promise<'uv' | 'pip' | null> {
  // Packages of the user's home are not what the emulated runner sees.
  const env = { PATH: process.env['PATH'] ?? '', HOME: tmpdir() }
  const works = (program: string, ...args: string[]): Promise<boolean> =>
    run(program, args, { env }).then(
      () => true,
      () => false
    )
  if (await works('uv', '--version')) return 'uv'
  return (await works('python3', '-m', 'pip', '--version')) ? 'pip' : null
}

/** What the submodule holds for it; the version of `da-units` is pinned, the folder is the only index. */
export async function installedFramework(version: '1.0.0' | '1.1.0'): Promise<Files> {
  return {
    'requirements.txt': `--no-index\n--find-links wheels\nda-units==${version}\n`,
    [`wheels/da_units-${version}-py3-none-any.whl`]: await makeWheel(version)
  }
}

export const installedRecipe = `    build:
      requirements: requirements.txt
      source: [src/da_framework]
      exclude: ["**/tests/**"]
      check: python3 -c "from da_framework import handler, version; from da_units import kilobytes; assert version() and kilobytes(2000) == 2"
`

/** A wheel is a zip (Python Packaging User Guide, "Binary distribution format"). */
async function makeWheel(version: string): Promise<Buffer> {
  const info = `da_units-${version}.dist-info`
  const files: Readonly<Record<string, string>> = {
    'da_units/__init__.py': 'def kilobytes(count):\n    return count / 1000\n',
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: da-units\nVersion: ${version}\n`,
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: demo\nRoot-Is-Purelib: true\nTag: py3-none-any\n'
  }
  const record = [...Object.keys(files), `${info}/RECORD`].map(path => `${path},,\n`).join('')
  const folder = await mkdtemp(join(tmpdir(), 'demo-wheel-'))
  try {
    const content = join(folder, 'content')
    for (const [path, text] of Object.entries({ ...files, [`${info}/RECORD`]: record })) {
      await mkdir(dirname(join(content, path)), { recursive: true })
      await writeFile(join(content, path), text)
    }
    const entries = (await listContent(content)).flatMap(entry => (entry.kind === 'refused' ? [] : [entry]))
    await writeArchive(content, entries, join(folder, 'wheel.zip'))
    return await readFile(join(folder, 'wheel.zip'))
  } finally {
    await rm(folder, { recursive: true })
  }
}
