/**
 * Reads objects by name through `git cat-file --batch`: all that is asked for at one time is one process, and what was
 * answered is remembered. Starting git costs more than its answer.
 */
import type { RunGit } from './command/call.js'
import { decodePath, encodePath } from './command/tree-records.js'
import { CodedError } from '../../model/errors.js'
import type { CommandResult } from '../../ports/process.js'
import { gitFailed } from './command/run.js'

export interface GitObject {
  readonly id: string
  /** `commit`, `tree`, `blob` or `tag`. */
  readonly type: string
  readonly content: Uint8Array
}

export interface ObjectReader {
  /**
   * The object that a name stands for (`<id>^{commit}`, `<id>:./path`), `null` where there is none.
   * @throws CodedError GIT_FAILED where git cannot say
   */
  read(name: string): Promise<GitObject | null>
  /** After a fetch: what was missing may be there now. */
  forgetMissing(): void
}

/** Larger contents are read again: a run holds many of them for a moment, none for its whole life. */
const longestRemembered = 1024 * 1024

export function objectReader(run: RunGit, directory: string): ObjectReader {
  const answers = new Map<string, Promise<GitObject | null>>()
  let waiting: Waiting[] = []
  const flush = (): void => {
    const asked = waiting
    waiting = []
    void answer(run, directory, asked)
  }
  const ask = async (name: string): Promise<GitObject | null> => {
    const known = name.includes('\n') ? await nameWithoutLineEnd(run, name) : name
    if (known === null) return null
    return await new Promise((resolve, reject) => {
      // What the same moment asks for joins the process.
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ name: known, resolve, reject })
    })
  }
  const missing = new Set<string>()
  let head: string | null = null
  /** What was asked of HEAD before its commit was known is an answer to its commit too. */
  const remembered = (name: string): Promise<GitObject | null> | undefined => {
    const ofHead = head !== null && name.startsWith(head) ? answers.get(`HEAD${name.slice(head.length)}`) : undefined
    return answers.get(name) ?? ofHead
  }
  return {
    read: name => {
      const known = remembered(name)
      if (known !== undefined) return known
      const answered = ask(name)
      answers.set(name, answered)
      answered.then(
        object => {
          if (object === null) missing.add(name)
          else if (object.content.length > longestRemembered) answers.delete(name)
          if (name === 'HEAD^{commit}') head = object?.id ?? null
        },
        () => answers.delete(name)
      )
      return answered
    },
    forgetMissing: () => {
      for (const name of missing) answers.delete(name)
      missing.clear()
    }
  }
}

interface Waiting {
  readonly name: string
  readonly resolve: (object: GitObject | null) => void
  readonly reject: (error: unknown) => void
}

/** git ends at the first name that it cannot bear: the others are then asked for one by one. */
async function answer(run: RunGit, directory: string, asked: readonly Waiting[]): Promise<void> {
  try {
    const names = asked.map(({ name }) => name)
    const result = await catFile(run, names)
    const one = asked[0]
    if (result.exitCode === 0) {
      const objects = parseBatch(result.stdout, names)
      for (const [index, { resolve }] of asked.entries()) resolve(objects[index] ?? null)
    } else if (isOfRepository(result.stderr) || (asked.length === 1 && one !== undefined)) {
      throw gitFailed(['cat-file', '--batch', ...names.slice(0, 1)], directory, result)
    } else {
      for (const each of asked) await answer(run, directory, [each])
    }
  } catch (error) {
    if (asked.length > 1 && isTooLarge(error)) {
      for (const each of asked) await answer(run, directory, [each])
    } else {
      for (const { reject } of asked) reject(error)
    }
  }
}

async function catFile(run: RunGit, names: readonly string[]): Promise<CommandResult> {
  const stdin = encodePath(names.map(name => `${name}\n`).join(''))
  return await run({ args: ['cat-file', '--batch'], stdin, answers: [128] })
}

function isTooLarge(error: unknown): boolean {
  return error instanceof CodedError && error.finding.found === 'more output than can be held'
}

/** Nothing can be read at all: asking again for each name would only say it again. */
export function isOfRepository(stderr: string): boolean {
  return /dubious ownership|not a git repository|unsafe repository|must be run in a work tree/i.test(stderr)
}

/** A line of `--batch` ends at its line end; an argument may hold one. */
async function nameWithoutLineEnd(run: RunGit, name: string): Promise<string | null> {
  if (name.startsWith('-')) return null
  const result = await run({ args: ['rev-parse', '--verify', '--quiet', name], answers: [1, 128] })
  return result.exitCode === 0 ? decodePath(result.stdout).trimEnd() : null
}

/** The answers of `--batch`, in the order asked: `<id> <type> <size>`, the content and a line end; or `… missing`. */
export function parseBatch(output: Uint8Array, names: readonly string[]): (GitObject | null)[] {
  let at = 0
  return names.map(name => {
    const head = headAt(output, at)
    at = head.next
    const match = /^([0-9a-f]{40}|[0-9a-f]{64}) ([a-z]+) (\d{1,15})$/.exec(head.text)
    const [, id = '', type = '', size = ''] = match ?? []
    if (match === null) {
      // `submodule` is what newer versions of git say of a gitlink, `ambiguous` of a short id.
      if (/ (?:missing|ambiguous|submodule|excluded)$/.test(head.text)) return null
      throw unknownAnswer(name, head.text)
    }
    const content = output.subarray(at, at + Number(size))
    at += Number(size) + 1
    if (content.length !== Number(size) || output[at - 1] !== 0x0a) throw unknownAnswer(name, head.text)
    return { id, type, content }
  })
}

function headAt(output: Uint8Array, from: number): { readonly text: string; readonly next: number } {
  const end = output.indexOf(0x0a, from)
  if (end === -1) return { text: '', next: output.length }
  return { text: decodePath(output.subarray(from, end)), next: end + 1 }
}

function unknownAnswer(name: string, raw: string): CodedError {
  return new CodedError('GIT_FAILED', {
    expected: `an answer of git cat-file --batch to ${JSON.stringify(name)}`,
    found: raw === '' ? 'output that was cut' : JSON.stringify(raw),
    mend: 'update git to 2.31 or newer, and report this record if it still shows'
  })
}
