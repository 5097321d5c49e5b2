/** Editable requirements (`-e ./libs/inner`) leave a pointer to a folder of the machine that builds: a layer gets a copy of the code instead. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { CodedError } from '../../model/errors.js'
import { sha256Hex } from '../../model/digest.js'
import { copyFolder } from '../source/copy-source.js'
import { hasHash, includedFiles } from './hashes.js'

export interface EditablePlace {
  /** Where the installer runs: what relative paths are relative to. */
  readonly cwd: string
  /** An empty folder of the build. */
  readonly scratch: string
  /** Builds the wheel of a project, a copy, into a folder. */
  readonly wheelOf: (project: string, wheelFolder: string) => Promise<void>
}

/** Requirements files that install the same, with a wheel in place of each editable project. Files without any stay as they are. Throws `BUILD_FAILED`. */
export async function editablesAsWheels(files: readonly string[], place: EditablePlace): Promise<readonly string[]> {
  const rewriter = new Rewriter(place)
  const rewritten: string[] = []
  for (const file of files) rewritten.push((await namesEditable(file, new Set())) ? await rewriter.rewrite(file) : file)
  return rewritten
}

/** pip's documentation, "Requirements File Format". */
const editable = /^\s*(?:-e\s*|--editable[\s=]+)(\S.*?)\s*$/
const included = /^(\s*(?:-[rc]\s*|--(?:requirement|constraint)[\s=]+))([^\s#]+)(.*)$/

async function namesEditable(file: string, seen: Set<string>): Promise<boolean> {
  if (seen.has(file) || seen.size > 100) return false
  seen.add(file)
  const text = await readFile(file, 'utf8').catch(() => '')
  if (linesOf(text).some(line => editable.test(line))) return true
  for (const other of includedFiles(text)) if (await namesEditable(resolve(dirname(file), other), seen)) return true
  return false
}

function linesOf(text: string): readonly string[] {
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map(line => line.replace(/(^|\s)#.*$/, ''))
}

class Rewriter {
  private readonly done = new Map<string, string>()
  private projects = 0

  constructor(private readonly place: EditablePlace) {}

  async rewrite(file: string): Promise<string> {
    const known = this.done.get(file)
    if (known !== undefined) return known
    const target = join(this.place.scratch, `requirements-${this.done.size}.txt`)
    this.done.set(file, target)
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text === null) return file
    const lines: string[] = []
    for (const line of linesOf(text)) lines.push(await this.line(line, file, hasHash(text)))
    await writeFile(target, `${lines.join('\n')}\n`)
    return target
  }

  private async line(line: string, file: string, hashed: boolean): Promise<string> {
    const [, option, other, rest = ''] = included.exec(line) ?? []
    if (option !== undefined && other !== undefined && !/^[a-z]+:\/\//i.test(other))
      return `${option.trimEnd()} ${await this.rewrite(resolve(dirname(file), other))}${rest}`
    const project = editable.exec(line)?.[1]
    return project === undefined ? line : this.copyOf(project, file, hashed)
  }

  /** `./libs/inner[extra] ; condition`; one from a repository is installed as what it is, no longer editable. */
  private async copyOf(project: string, file: string, hashed: boolean): Promise<string> {
    const [, path = '', extras = '', condition = ''] = /^([^;[\s]+)\s*(\[[^\]]*\])?\s*(;.*)?$/.exec(project) ?? []
    if (/^(?!file:)[a-z][a-z0-9+.-]+:/i.test(path) || / @ /.test(project)) return project
    const folder = await this.folderOf(path, file)
    const number = this.projects++
    const [copy, wheels] = [join(this.place.scratch, `project-${number}`), join(this.place.scratch, `wheel-${number}`)]
    await copyFolder(folder, copy)
    await mkdir(wheels)
    await this.place.wheelOf(copy, wheels)
    const wheel = (await readdir(wheels)).find(name => name.endsWith('.whl'))
    if (wheel === undefined) throw noProject(path, 'one whose build writes no wheel')
    const address = pathToFileURL(join(wheels, wheel)).href
    const digest = hashed ? ` --hash=sha256:${sha256Hex(await readFile(join(wheels, wheel)))}` : ''
    return `${wheel.split('-')[0] ?? ''}${extras} @ ${address} ${condition}${digest}`
  }

  private async folderOf(path: string, file: string): Promise<string> {
    const named = path.startsWith('file:')
      ? fileURLToPath(path.replace(/^file:(?!\/\/)/, 'file://').replace(/#.*$/, ''))
      : path
    for (const base of [this.place.cwd, dirname(file)]) {
      const folder = resolve(base, named)
      if ((await stat(folder).catch(() => null))?.isDirectory() === true) return folder
    }
    throw noProject(path, 'no such folder')
  }
}

function noProject(path: string, found: string): CodedError {
  return new CodedError('BUILD_FAILED', {
    expected: `the editable requirement ${path} to be a project in the layer's folder`,
    found,
    mend: 'correct the path, or name its folder in also-watch where it lies outside'
  })
}
