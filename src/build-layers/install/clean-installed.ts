import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listContent, type FileEntry } from '../archive/list-content.js'
import { sourceText } from '../source/source-text.js'

/** What an installer notes about itself and the machine (Python packaging user guide, "Recording installed projects"). */
const installerNotes = /^(INSTALLER|REQUESTED|direct_url\.json|uv_cache\.json|uv_build\.json)$/

/**
 * Takes out of freshly installed packages what differs from one installation or installer to the next: bytecode, the installer's notes and lock, the interpreter's path
 * in scripts and each installer's own wording of them. Only for a folder that was written for this build.
 */
export async function cleanInstalled(directory: string): Promise<void> {
  const entries = await listContent(directory)
  const bytecode = new Set(entries.map(({ path }) => /^(.*\/)?__pycache__(?=\/)/.exec(path)?.[0] ?? ''))
  bytecode.delete('')
  for (const path of [...bytecode, '.lock']) await rm(join(directory, path), { recursive: true, force: true })
  const scripts = new Map<string, string>()
  for (const name of await readdir(directory)) {
    if (!name.endsWith('.dist-info')) continue
    await cleanMetadata(directory, name)
    const entryPoints = await sourceText(join(directory, name, 'entry_points.txt'))
    for (const [script, text] of entryPointScripts(entryPoints)) scripts.set(script, text)
  }
  for (const entry of entries) {
    const name = /^bin\/([^/]+)$/.exec(entry.path)?.[1]
    if (entry.kind === 'file' && name !== undefined) await cleanScript(directory, entry, scripts.get(name))
  }
}

async function cleanMetadata(directory: string, distInfo: string): Promise<void> {
  for (const name of await readdir(join(directory, distInfo))) {
    const file = join(directory, distInfo, name)
    if (installerNotes.test(name)) await rm(file)
    else if (name === 'RECORD') await writeFile(file, cleanRecord(await sourceText(file)))
  }
}

/** The RECORD without what was taken out, and without the digests of scripts, which were rewritten; scripts as `bin/…`, as they lie; sorted. */
export function cleanRecord(record: string): string {
  const lines = record
    .split(/\r?\n/)
    .filter(line => line !== '')
    .filter(line => !/(^|\/)__pycache__\//.test(line))
    .filter(line => !installerNotes.test(/^[^/]+\.dist-info\/([^/,]+),/.exec(line)?.[1] ?? ''))
    .map(line => line.replace(/^(?:\.\.\/)*(bin\/[^,]+),.*$/, '$1,,'))
  return lines
    .sort()
    .map(line => `${line}\n`)
    .join('')
}

async function cleanScript(directory: string, entry: FileEntry, ours: string | undefined): Promise<void> {
  const file = join(directory, entry.path)
  const script = await readFile(file, 'latin1')
  // A script of the same name that somebody wrote by hand does not read like one.
  const generated = ours?.split('\n').find(line => line.startsWith('from '))
  const isGenerated = generated !== undefined && script.includes(`\n${generated}\n`)
  const cleaned = ours !== undefined && isGenerated ? ours : cleanShebang(script)
  if (cleaned !== script) await writeFile(file, cleaned, 'latin1')
}

/** The commands of a package, by name, as one text whoever installs (Python packaging user guide, "Entry points specification"). */
export function entryPointScripts(entryPoints: string): ReadonlyMap<string, string> {
  const scripts = new Map<string, string>()
  let section = ''
  for (const line of entryPoints.split(/\r?\n/)) {
    section = /^\[(.*)\]\s*$/.exec(line)?.[1] ?? section
    if (section !== 'console_scripts' && section !== 'gui_scripts') continue
    const [, name, module, attribute] = /^([^#;=\s][^=]*)=\s*([\w.]+)\s*:\s*([\w.]+)/.exec(line) ?? []
    if (name === undefined || module === undefined || attribute === undefined) continue
    const imported = attribute.split('.')[0] ?? attribute
    scripts.set(
      name.trimEnd(),
      `${shebang}import sys\nfrom ${module} import ${imported}\nif __name__ == "__main__":\n    sys.exit(${attribute}())\n`
    )
  }
  return scripts
}

const shebang = '#!/usr/bin/env python3\n'

/** Also the form that pip writes where the interpreter's path is long or holds a space. */
export function cleanShebang(script: string): string {
  return script
    .replace(/^#!\/bin\/sh\n'''exec' [^\n]*python[^\n]*\n' '''\n/, shebang)
    .replace(/^#![^\n]*\/python[^\n]*\n/, shebang)
}
