/** Which mutants of an area its tests notice. In a process of its own: a mutant may hang, or leave something behind. */
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { register } from 'node:module'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { root, type Area } from './areas.js'
import { withMutants, type Mutant } from './mutants.js'

/** Longer than any test of an area takes: by then the mutant has hung, which was noticed. */
const longestMilliseconds = 60_000

export interface Score {
  readonly tried: number
  /** Not among those tried. */
  readonly asLoaded: number
  readonly survivors: readonly Mutant[]
}

export function mutantsOf({ files }: Area): {
  readonly mutants: readonly Mutant[]
  readonly code: ReadonlyMap<string, string>
} {
  const mutants: Mutant[] = []
  const code = new Map<string, string>()
  for (const file of files) {
    const path = resolve(root, file)
    const mutated = withMutants(file, readFileSync(path, 'utf8'), mutants.length + 1)
    mutants.push(...mutated.mutants)
    code.set(pathToFileURL(path).href, mutated.code)
  }
  return { mutants, code }
}

/**
 * What became of a mutant. `as-loaded`: its place is evaluated only while the modules load, before any mutant is alive, so that no test can tell.
 */
export type Fate = 'noticed' | 'survived' | 'as-loaded'

/** What the process of an area says: a test file passes without a mutant, it begins with a mutant, it has an answer. */
export type Message =
  { readonly passed: string } | { readonly began: number } | { readonly ended: number; readonly fate: Fate }

/** @throws Error where a test fails without any mutant */
export async function scoreOf(
  area: Area,
  mutants: readonly Mutant[],
  survived: (mutant: Mutant) => void
): Promise<Score> {
  const survivors: Mutant[] = []
  const left = [...mutants]
  let asLoaded = 0
  while (left.length > 0) {
    const alive = await tryInProcess(area, left, fate => {
      const mutant = left.shift()
      if (fate === 'as-loaded') asLoaded += 1
      if (mutant === undefined || fate !== 'survived') return
      survivors.push(mutant)
      survived(mutant)
    })
    // It hung, or ended its process: that is noticed, too.
    if (!alive) left.shift()
  }
  return { tried: mutants.length - asLoaded, asLoaded, survivors }
}

/** @returns `false` where a mutant ended the process or hung */
function tryInProcess(area: Area, mutants: readonly Mutant[], answer: (fate: Fate) => void): Promise<boolean> {
  const program = resolve(import.meta.dirname, 'try-mutants.ts')
  const argument = JSON.stringify({ area, ids: mutants.map(({ id }) => id) })
  const child = fork(program, [argument], {
    execArgv: ['--no-warnings', '--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc']
  })
  let said = ''
  child.stderr?.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-2_000)))
  return new Promise((settle, reject) => {
    let began = false
    // The first message comes when all files are loaded; a whole file takes longer than the part of it that sees a mutant.
    let clock = setTimeout(() => child.kill('SIGKILL'), 3 * longestMilliseconds)
    child.on('message', (message: Message) => {
      clearTimeout(clock)
      clock = setTimeout(() => child.kill('SIGKILL'), ('passed' in message ? 3 : 1) * longestMilliseconds)
      if ('passed' in message) return
      began = true
      if ('ended' in message) answer(message.fate)
    })
    child.once('exit', code => {
      clearTimeout(clock)
      if (code === 0) settle(true)
      else if (began) settle(false)
      else reject(new Error(`${area.name}: ${said}`))
    })
  })
}

type TestFile = () => Promise<string | null>

interface Tests {
  beginFile(name: string): void
  testFiles(): readonly TestFile[]
}

/**
 * Replaces the sources by their mutants and jest by a few functions of ours, then loads the tests.
 * @returns for each test file what runs it, and answers its first failure
 */
export async function loadTests(area: Area): Promise<readonly TestFile[]> {
  const tests = new URL('tests.ts', import.meta.url).href
  register('./hooks.mjs', import.meta.url, { data: { files: mutantsOf(area).code, tests } })
  const loaded = (await import(tests)) as Tests
  for (const file of area.tests) {
    loaded.beginFile(file)
    await import(pathToFileURL(resolve(root, file)).href)
  }
  return loaded.testFiles()
}
