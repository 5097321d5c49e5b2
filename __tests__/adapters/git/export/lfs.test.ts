import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { parsePointer } from '../../../../src/ports/git.js'
import { gitTrial } from '../../../support/git-in.js'
import { runGit } from '../../../support/git-process.js'
import { makeSuperproject, type Superproject } from '../../../support/superproject.js'

const contents = { model: 'the weights of a model\n', sheet: 'a,b\n1,2\n' }
const oid = (content: string): string => createHash('sha256').update(content).digest('hex')
const pointer = (content: string): string =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${oid(content)}\nsize ${Buffer.byteLength(content)}\n`

const files = {
  '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n',
  'python/model.bin': pointer(contents.model),
  'python/odd [name]*.bin': pointer(contents.sheet),
  'python/raw.bin': 'stored as it is\n',
  'python/unlisted.txt': pointer(contents.sheet)
}
const token = 'EXAMPLE-token-of-the-checkout'

describe('parsePointer', () => {
  it('reads what git-lfs writes, and nothing else', () => {
    const parse = (text: string) => parsePointer(Buffer.from(text))
    expect(parse(pointer(contents.model))).toEqual({ oid: oid(contents.model), sizeBytes: 23 })
    expect(parse(pointer(contents.model).replaceAll('\n', '\r\n'))).not.toBeNull()
    for (const other of [
      '',
      'version 2\n',
      'version https://git-lfs.github.com/spec/v1\n',
      pointer('x').replace('sha256', 'md5')
    ]) {
      expect(parse(other)).toBeNull()
    }
    expect(parse(pointer(contents.model) + 'x'.repeat(1024))).toBeNull()
  })
})

describe('Git LFS', () => {
  let scratch: string
  let world: Superproject
  const { gitIn, exportLeaving, folder, closeAll } = gitTrial(() => scratch)
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'lfs-'))
    world = await makeSuperproject({ token, submodules: { da_flask: files }, files })
  })
  afterEach(closeAll)
  afterAll(async () => {
    await world.close()
    await rm(scratch, { recursive: true, force: true })
  })

  /** As `git lfs fetch` leaves it. */
  async function store(gitDirectory: string, content: string, under = oid(content)): Promise<void> {
    const at = join(gitDirectory, 'lfs/objects', under.slice(0, 2), under.slice(2, 4))
    await mkdir(at, { recursive: true })
    await writeFile(join(at, under), content)
  }

  it('F96 names the pointers whose content is nowhere, in a submodule and in a folder', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const git = gitIn(directory, {}, { PATH: await withoutLfs() })
    const { destination, pointers } = await exportLeaving(directory, git, 'da_flask')
    expect(pointers).toEqual(['da_flask/python/model.bin', 'da_flask/python/odd [name]*.bin'])
    expect(await readFile(join(destination, 'da_flask/python/model.bin'), 'utf8')).toBe(pointer(contents.model))
    expect((await git.exportPaths(['python'], await folder(), true)).pointers).toEqual([
      'python/model.bin',
      'python/odd [name]*.bin'
    ])
  })

  it('F96 takes what the checkout has, if it is what the pointer names', async () => {
    const directory = await world.cloneForRun({ branch: 'main', submodules: true })
    for (const at of ['.git', '.git/modules/da_flask']) {
      await store(join(directory, at), contents.model)
      await store(join(directory, at), 'x,y\n3,4\n', oid(contents.sheet))
    }
    const git = gitIn(directory, {}, { PATH: await withoutLfs() })
    const { destination, pointers } = await exportLeaving(directory, git, 'da_flask')
    expect(pointers).toEqual(['da_flask/python/odd [name]*.bin'])
    expect(await readFile(join(destination, 'da_flask/python/model.bin'), 'utf8')).toBe(contents.model)
    expect(await readFile(join(destination, 'da_flask/python/raw.bin'), 'utf8')).toBe('stored as it is\n')
    expect(await runGit(join(destination, 'da_flask'), ['status', '--porcelain'])).toBe('')
    const plain = await folder()
    expect((await git.exportPaths(['python'], plain, false)).pointers).toEqual(['python/odd [name]*.bin'])
    expect(await readFile(join(plain, 'python/model.bin'), 'utf8')).toBe(contents.model)
  })

  it('F96 lets git-lfs fetch the rest, with the remote and the access of the checkout, though a step said to skip it', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const { path, seen } = await withLfs({
      [oid(contents.model)]: contents.model,
      [oid(contents.sheet)]: contents.sheet
    })
    const git = gitIn(directory, {}, { PATH: path, GIT_LFS_SKIP_SMUDGE: '1' })
    const { destination, pointers } = await exportLeaving(directory, git, 'da_flask')
    expect(pointers).toEqual([])
    expect(await readFile(join(destination, 'da_flask/python/model.bin'), 'utf8')).toBe(contents.model)
    expect(await readFile(join(destination, 'da_flask/python/odd [name]*.bin'), 'utf8')).toBe(contents.sheet)
    expect(await readFile(join(destination, 'da_flask/python/unlisted.txt'), 'utf8')).toBe(pointer(contents.sheet))
    const [first] = await seen()
    expect(first).toMatchObject({ url: `${world.server.url}/da_flask.git`, hasHeader: true, skip: null })
    expect(await readFile(join(destination, 'da_flask/.git/config'), 'utf8')).not.toMatch(/lfs|url/)
    expect(await runGit(join(destination, 'da_flask'), ['status', '--porcelain'])).toBe('')
  })

  it('F96 what git-lfs cannot fetch stays a pointer, with its words as a warning', async () => {
    const directory = await world.cloneForRun({ branch: 'main' })
    const { path } = await withLfs({})
    const warnings: string[] = []
    const git = gitIn(directory, { warn: message => void warnings.push(message) }, { PATH: path })
    const { destination, pointers } = await exportLeaving(directory, git, 'da_flask')
    expect(pointers).toHaveLength(2)
    expect(await readFile(join(destination, 'da_flask/python/model.bin'), 'utf8')).toBe(pointer(contents.model))
    expect(warnings).toEqual([expect.stringMatching(/^Git LFS: exit code/)])
  })

  /** A PATH on which git finds no git-lfs, whatever this machine has. */
  async function withoutLfs(): Promise<string> {
    return await pathWith('#!/bin/sh\nexit 1\n')
  }

  /** A PATH with a git-lfs that gives out `known`, and notes how it was called (gitattributes(5), "Long Running Filter Process"). */
  async function withLfs(known: Readonly<Record<string, string>>) {
    const notes = join(await folder(), 'notes')
    const program = `#!${process.execPath}
const { execFileSync } = require('node:child_process')
const { appendFileSync, readSync, writeSync } = require('node:fs')
const known = ${JSON.stringify(known)}
if (process.argv[2] === 'version') process.exit(0)
if (process.argv[2] !== 'filter-process') process.exit(2)
const config = execFileSync('git', ['config', '--list'], { encoding: 'utf8' })
const note = {
  url: /^remote\\.origin\\.url=(.*)$/m.exec(config)?.[1],
  hasHeader: /extraheader=AUTHORIZATION/i.test(config),
  skip: process.env.GIT_LFS_SKIP_SMUDGE ?? null
}
appendFileSync(${JSON.stringify(notes)}, JSON.stringify(note) + '\\n')
function take(bytes) {
  const buffer = Buffer.alloc(bytes)
  for (let read = 0; read < bytes; ) {
    const got = readSync(0, buffer, read, bytes - read)
    if (got === 0) process.exit(0)
    read += got
  }
  return buffer
}
function list() {
  const packets = []
  for (;;) {
    const length = parseInt(take(4).toString(), 16)
    if (length === 0) return packets
    packets.push(take(length - 4).toString())
  }
}
const send = (...texts) => {
  for (const text of texts) writeSync(1, (text.length + 4).toString(16).padStart(4, '0') + text)
  writeSync(1, '0000')
}
list(); send('git-filter-server\\n', 'version=2\\n'); list(); send('capability=smudge\\n')
for (;;) {
  list()
  const oid = /oid sha256:(\\w+)/.exec(list().join(''))[1]
  if (oid in known) { send('status=success\\n'); send(known[oid]); send() }
  else { console.error('error: no such object on the server'); send('status=error\\n') }
}
`
    return {
      path: await pathWith(program),
      seen: async (): Promise<unknown[]> =>
        (await readFile(notes, 'utf8'))
          .trimEnd()
          .split('\n')
          .map(line => JSON.parse(line) as unknown)
    }
  }

  async function pathWith(program: string): Promise<string> {
    const bin = await folder()
    await writeFile(join(bin, 'git-lfs'), program)
    await chmod(join(bin, 'git-lfs'), 0o755)
    return `${bin}${delimiter}${process.env['PATH'] ?? ''}`
  }
})
