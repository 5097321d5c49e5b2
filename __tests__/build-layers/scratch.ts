import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { processRunner } from '../../src/adapters/process/index.js'
import type { BuildRecipe, Layer } from '../../src/model/index.js'
import type { Log } from '../../src/ports/runner.js'
import type { ProcessRunner } from '../../src/ports/process.js'

/** A file's content, `{ link }`, or `{ executable }`. */
type TreeItem = string | Buffer | { readonly link: string } | { readonly executable: string }
export type Tree = Readonly<Record<string, TreeItem>>

/** Temporary folders of one test file: `remove` belongs into `afterAll`. */
export function scratchFolders(): { make(tree?: Tree): string; remove(): void } {
  const made: string[] = []
  return {
    make(tree = {}) {
      const folder = mkdtempSync(join(tmpdir(), 'layer-'))
      made.push(folder)
      writeTree(folder, tree)
      return folder
    },
    remove() {
      for (const folder of made) rmSync(folder, { recursive: true, force: true })
    }
  }
}

export function writeTree(folder: string, tree: Tree): void {
  for (const [path, item] of Object.entries(tree)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    if (typeof item === 'string' || Buffer.isBuffer(item)) writeFileSync(file, item)
    else if ('link' in item) symlinkSync(item.link, file)
    else {
      writeFileSync(file, item.executable)
      chmodSync(file, 0o755)
    }
  }
}

export function layer(build: Partial<BuildRecipe> = {}, more: Partial<Layer> = {}): Layer {
  return {
    id: 'da_flask',
    path: 'da_flask',
    alsoWatch: [],
    description: null,
    licenseInfo: null,
    compatibleRuntimes: ['python3.10'],
    compatibleArchitectures: ['x86_64'],
    build: {
      kind: 'detect',
      installer: 'auto',

      exclude: [],
      check: null,
      ...build
    } as BuildRecipe,
    ...more
  }
}

export interface RecordedLog extends Log {
  readonly lines: readonly string[]
}

export function recordedLog(): RecordedLog {
  const lines: string[] = []
  const record = (message: string): void => {
    lines.push(message)
  }
  return {
    lines,
    debug: record,
    info: record,
    notice: record,
    warning: record,
    error: record,
    group: (title, work) => {
      record(title)
      return work()
    }
  }
}

/** The real runner, with variables added to every command. */
export function runnerWith(
  env: Readonly<Record<string, string | undefined>> = {},
  signal?: AbortSignal
): ProcessRunner {
  const runner = processRunner(signal === undefined ? {} : { signal })
  return { run: command => runner.run({ ...command, env: { ...env, ...command.env } }) }
}

/** One entry of a zip as Python's zipfile reads it, an implementation that is not ours. */
export interface ZipRow {
  readonly name: string
  readonly mode: string
  readonly content: string
  readonly method: number
  readonly flags: number
  readonly time: readonly number[]
  readonly extra: string
  readonly maker: number
}

const readZips = `
import base64, json, sys, zipfile
def rows(archive):
  assert archive.testzip() is None
  return [dict(name=i.filename, mode='%o' % (i.external_attr >> 16), content=base64.b64encode(archive.read(i)).decode(),
    method=i.compress_type, flags=i.flag_bits, time=i.date_time, extra=i.extra.hex(), maker=i.create_system) for i in archive.infolist()]
print(json.dumps([rows(zipfile.ZipFile(file)) for file in sys.argv[1:]]))`

export async function zipsRows(files: readonly string[]): Promise<readonly (readonly ZipRow[])[]> {
  const result = await processRunner().run({ argv: ['python3', '-c', readZips, ...files] })
  if (result.exitCode !== 0) throw new Error(result.stderr)
  const archives = JSON.parse(Buffer.from(result.stdout).toString()) as ZipRow[][]
  const decoded = (content: string): string => Buffer.from(content, 'base64').toString('latin1')
  return archives.map(rows => rows.map(row => ({ ...row, content: decoded(row.content) })))
}

export async function zipRows(file: string): Promise<readonly ZipRow[]> {
  return (await zipsRows([file]))[0] ?? []
}
