import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keptProcesses, type StepRunner } from '../../../emulators/runner/index.js'
import type { StepExit } from '../../../emulators/runner/step-process.js'

let folder: string
let steps: StepRunner
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'kept-')))
  steps = keptProcesses()
})
afterAll(async () => {
  steps.close()
  await rm(folder, { recursive: true })
})

interface Told {
  readonly pid: number
}

/** Runs `program`, the body of a module that exits by itself. */
async function run(
  program: string,
  env: Record<string, string> = {},
  more: { readonly cancelAfter?: (line: string) => boolean; readonly timeoutMs?: number } = {}
): Promise<StepExit & { readonly lines: string[] }> {
  const script = join(folder, 'step.mjs')
  await writeFile(script, program)
  const lines: string[] = []
  const exit = await steps.run({
    ...{ argv: [process.execPath, script, 'word'], cwd: folder, env, timeoutMs: 30_000, ...more },
    onLine: line => lines.push(line)
  })
  return { ...exit, lines }
}
const tellPid = 'process.stdout.write(JSON.stringify({ pid: process.pid })); process.exit(0)'
const pidOf = ({ stdout }: StepExit): number => (JSON.parse(stdout) as Told).pid

it('steps share a process, and nothing else: variables, folder, words, output, exit code, listeners', async () => {
  const program = `
    globalThis.process.once('exit', code => process.stdout.write('left with ' + code + '\\n'))
    process.on('SIGTERM', () => undefined)
    const own = Object.keys(process.env).sort().join()
    process.stdout.write([own, process.cwd(), process.argv[2], process.listenerCount('SIGTERM'), process.uptime() < 20].join(' ') + '\\nx')
    process.stderr.write('complaint')
    process.exit(3)`
  const first = await run(program, { A: '1' })
  const second = await run(program, { B: '1' })
  expect(first).toMatchObject({ exitCode: 3, signal: null, ended: 'by-itself', stderr: 'complaint' })
  expect(first.stdout).toBe(`A ${folder} word 1 true\nxleft with 3\n`)
  expect(second.stdout).toBe(`B ${folder} word 1 true\nxleft with 3\n`)
  expect(first.lines).toEqual(expect.arrayContaining([`A ${folder} word 1 true`, 'xleft with 3', 'complaint']))
  expect(pidOf(await run(tellPid))).toBe(pidOf(await run(tellPid)))
})

it('a step that throws fails with 1; the exit code may be set before', async () => {
  expect(await run('throw new Error("broken")')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('broken')
  })
  expect(await run('process.exitCode = 4; process.exit()')).toMatchObject({ exitCode: 4 })
  expect(await run('process.exit()')).toMatchObject({ exitCode: 0 })
})

it('a process that dies or does not end is one step: the next has another', async () => {
  expect(
    await run('process.kill(process.pid, "SIGKILL"); await new Promise(() => setTimeout(() => 0, 9e5))')
  ).toMatchObject({
    exitCode: 137
  })
  const slow = 'process.stdout.write("begun\\n"); await new Promise(() => setTimeout(() => 0, 9e5))'
  expect(await run(slow, {}, { timeoutMs: 300 })).toMatchObject({ ended: 'timed-out', exitCode: 137 })
  expect(await run(tellPid)).toMatchObject({ exitCode: 0 })
})

it('what is about the process has one of its own: variables that Node reads at its start, a signal', async () => {
  const kept = pidOf(await run(tellPid))
  expect(pidOf(await run(tellPid, { NODE_OPTIONS: '--no-warnings' }))).not.toBe(kept)
  const waits =
    'process.on("SIGINT", () => process.exit(5)); process.stdout.write("begun\\n"); await new Promise(() => setTimeout(() => 0, 9e5))'
  const cancelAfter = (line: string): boolean => line === 'begun'
  expect(await run(waits, {}, { cancelAfter })).toMatchObject({ ended: 'cancelled', exitCode: 5 })
  expect(pidOf(await run(tellPid))).toBe(kept)
})

it('steps at once have a process each', async () => {
  const [one, other] = await Promise.all([run(tellPid), run(tellPid)])
  expect(pidOf(one)).not.toBe(pidOf(other))
})
