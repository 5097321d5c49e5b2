/** What of a content's files is read a second time: the few places of compiled files that say what they need, and files that may point out of the layer. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { elfNeeds, type ElfNeeds } from './inspect/elf.js'

export function readElfNeeds(content: string, paths: readonly string[]): ReadonlyMap<string, ElfNeeds> {
  const needs = new Map<string, ElfNeeds>()
  for (const path of paths) {
    const file = openSync(join(content, path), 'r')
    try {
      const found = elfNeeds((offset, length) => {
        const bytes = Buffer.alloc(length)
        return bytes.subarray(0, readSync(file, bytes, 0, length, offset))
      })
      if (found !== null) needs.set(path, found)
    } finally {
      closeSync(file)
    }
  }
  return needs
}

/** How installers leave a pointer instead of code: setuptools, hatchling, meson-python and others each name theirs in one of these ways. */
const pointerFile = /(^|\/)([^/]+\.(pth|egg-link)|_*editable_[^/]*\.py|[^/]*_editable_(loader|finder|impl)[^/]*\.py)$/i
const mostBytes = 1_000_000

/** Files that lead the import system to an absolute path outside the layer: what lies there on a build machine does not lie there in Lambda. */
export function absolutePointers(
  content: string,
  files: readonly { readonly path: string; readonly sizeBytes: number }[]
): readonly string[] {
  return files
    .filter(({ path, sizeBytes }) => pointerFile.test(path) && sizeBytes <= mostBytes)
    .map(({ path }) => path)
    .filter(path => pointsOut(path, readFileSync(join(content, path), 'utf8')))
}

function pointsOut(path: string, text: string): boolean {
  if (/["'](?:\/(?!opt\/)[^"'\n]+\/|[A-Za-z]:[\\/])/.test(text)) return true
  return !path.endsWith('.py') && /^[ \t]*(?:\/(?!opt\/)|[A-Za-z]:[\\/]|file:)/m.test(text)
}
