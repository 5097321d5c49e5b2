import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listContent, type FileEntry } from '../archive/list-content.js'

/** What an installer notes about itself and the machine (Python packaging user guide, "Recording installed projects"). */
const installerNotes = /^(INSTALLER|REQUESTED|direct_url\.json|uv_cache\.json|uv_build\.json)$/

/**
 * Takes out of freshly installed packages what differs from one installation to the next: bytecode, the installer's notes and lock, and the
 * interpreter's path in scripts. Only for a folder that an installer has just written.
 */
export async function cleanInstalled(directory: string): Promise<void> {
  const entries = await listContent(directory)
  const bytecode = new Set(entries.map(({ path }) => /^(.*\/)?__pycache__(?=\/)/.exec(path)?.[0] ?? ''))
  bytecode.delete('')
  for (const path of [...bytecode, '.lock']) await rm(join(directory, path), { recursive: true, force: true })
  for (const name of await readdir(directory)) {
    if (name.endsWith('.dist-info')) await cleanMetadata(directory, name)
  }
  for (const entry of entries) {
    if (entry.kind === 'file' && /^bin\/[^/]+$/.test(entry.path)) await cleanScript(directory, entry)
  }
}

async function cleanMetadata(directory: string, distInfo: string): Promise<void> {
  for (const name of await readdir(join(directory, distInfo))) {
    const file = join(directory, distInfo, name)
    if (installerNotes.test(name)) await rm(file)
    else if (name === 'RECORD') await writeFile(file, cleanRecord(await readFile(file, 'utf8')))
  }
}

/** The RECORD without what was taken out, and without the digests of scripts, which name the interpreter; sorted. */
export function cleanRecord(record: string): string {
  const lines = record
    .split(/\r?\n/)
    .filter(line => line !== '')
    .filter(line => !/(^|\/)__pycache__\//.test(line))
    .filter(line => !installerNotes.test(/^[^/]+\.dist-info\/([^/,]+),/.exec(line)?.[1] ?? ''))
    .map(line => line.replace(/^((?:\.\.\/)*bin\/[^,]+),.*$/, '$1,,'))
  return lines
    .sort()
    .map(line => `${line}\n`)
    .join('')
}

async function cleanScript(directory: string, entry: FileEntry): Promise<void> {
  const file = join(directory, entry.path)
  const script = await readFile(file, 'latin1')
  const cleaned = cleanShebang(script)
  if (cleaned !== script) await writeFile(file, cleaned, 'latin1')
}

/** Also the form that pip writes where the interpreter's path is long or holds a space. */
export function cleanShebang(script: string): string {
  return script
    .replace(/^#!\/bin\/sh\n'''exec' [^\n]*python[^\n]*\n' '''\n/, '#!/usr/bin/env python3\n')
    .replace(/^#![^\n]*\/python[0-9.]*[^\n]*\n/, '#!/usr/bin/env python3\n')
}
