import { dirname, resolve } from 'node:path'
import { sourceText } from '../source/source-text.js'

const mostFiles = 100

/**
 * Whether a requirements file, or one that it includes, gives the digest of any requirement. pip then demands them of all
 * (pip's documentation, "Secure installs"); uv has to be told.
 */
export async function givesHashes(requirements: string): Promise<boolean> {
  const files = [requirements]
  for (let next = 0; next < files.length && next < mostFiles; next++) {
    const file = files[next] ?? ''
    const text = await sourceText(file)
    if (hasHash(text)) return true
    for (const included of includedFiles(text)) {
      const path = resolve(dirname(file), included)
      if (!files.includes(path)) files.push(path)
    }
  }
  return false
}

export function hasHash(text: string): boolean {
  return /^(?:[^#\r\n\u2028\u2029]*\s)?--hash[= ]/m.test(text)
}

/** The files that `-r` and `-c` name, addresses left out. */
export function includedFiles(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*(?:-[rc]|--(?:requirement|constraint))[ \t=]*([^\s#]+)/gm)]
    .map(match => match[1] ?? '')
    .filter(name => !/^[a-z]+:\/\//i.test(name))
}
