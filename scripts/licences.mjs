/** The licences of what a bundle holds, by the modules that have code in it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Licences that may be shipped in a program under MIT, with their text. SPDX identifiers. */
const allowed = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'MIT-0', 'BlueOak-1.0.0'])

/**
 * One section a package, sorted: `name@version`, the licence's identifier, its text.
 * @param modules absolute paths; @throws Error for a package with a licence that is unknown here, or without its text
 */
export function licencesOf(modules, root) {
  const folders = new Set(modules.map(packageFolder).filter(folder => folder !== null))
  const sections = [...folders].map(folder => section(folder, root))
  return [...new Set(sections)].sort().join(`\n${'-'.repeat(80)}\n\n`)
}

/** The innermost package: `…/node_modules/name` or `…/node_modules/@scope/name`. */
function packageFolder(id) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id.replace(/^\0+/, ''))?.[0] ?? null
}

function section(folder, root) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (!allowed.has(license))
    throw new Error(`${name} ${version}: the licence ${String(license)} is not known to be allowed`)
  // What the Apache licence asks for where a package brings it.
  const notice = readdirSync(folder).find(entry => /^notice(\.(md|txt))?$/i.test(entry))
  const texts = [textOf(folder, root, license, name), ...(notice ? [readFileSync(join(folder, notice), 'utf8')] : [])]
  const text = texts.map(each => each.replace(/\r\n/g, '\n').trimEnd()).join('\n\n')
  return `${name}@${version}\n${license}\n\n${text}\n`
}

function textOf(folder, root, license, name) {
  const file = readdirSync(folder).find(entry => /^licen[cs]e(\.(md|txt))?$/i.test(entry))
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8')
  // Packages of one repository that leave the text out: the same licence, from a package of the same owner.
  const sibling = name.startsWith('@') ? join(root, 'node_modules', name.split('/')[0]) : null
  for (const other of sibling === null ? [] : readdirSync(sibling)) {
    const { license: theirs } = JSON.parse(readFileSync(join(sibling, other, 'package.json'), 'utf8'))
    const text = readdirSync(join(sibling, other)).find(entry => /^licen[cs]e(\.(md|txt))?$/i.test(entry))
    if (theirs === license && text !== undefined) return readFileSync(join(sibling, other, text), 'utf8')
  }
  throw new Error(`${name}: no text of its licence ${license} is in the package`)
}
