import { describe, expect, it } from '@jest/globals'
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processRunner } from '../../../src/adapters/process/index.js'
import type { CommandFailed } from '../../../src/ports/process.js'

const runner = processRunner()
const sh = (script: string): [string, ...string[]] => ['sh', '-c', script]
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

async function failureOf(run: Promise<unknown>): Promise<CommandFailed> {
  return run.then(
    () => {
      throw new Error('the command did not fail')
    },
    (thrown: unknown) => thrown as CommandFailed
  )
}

async function isGone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 50; attempt++) {
    try {
      // A zombie that nobody has reaped yet answers to signals: its state says that it is dead.
      if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return true
      process.kill(pid, 0)
    } catch {
      return true
    }
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  return false
}

describe('processRunner', () => {
  it('gives exit code and both outputs; a non-zero exit code is a result', async () => {
    const result = await runner.run({ argv: sh('printf out; printf err >&2; exit 3') })
    expect([result.exitCode, text(result.stdout), result.stderr]).toEqual([3, 'out', 'err'])
  })

  it('passes arguments as they are: no shell looks at them', async () => {
    const { stdout } = await runner.run({ argv: ['printf', '%s|', '$HOME', 'a b', '; exit 1', '"'] })
    expect(text(stdout)).toBe('$HOME|a b|; exit 1|"|')
  })

  it('adds to the environment and removes from it', async () => {
    process.env['LAYER_TEST_INHERITED'] = 'inherited'
    const argv = sh('echo "$ADDED-${LAYER_TEST_INHERITED-unset}"')
    const env = { ADDED: 'yes' }
    expect(text((await runner.run({ argv, env })).stdout)).toBe('yes-inherited\n')
    const removed = { ...env, LAYER_TEST_INHERITED: undefined }
    expect(text((await runner.run({ argv, env: removed })).stdout)).toBe('yes-unset\n')
  })

  it('writes standard input, and bears a command that does not read it', async () => {
    expect(text((await runner.run({ argv: ['cat'], stdin: 'täxt' })).stdout)).toBe('täxt')
    expect((await runner.run({ argv: ['true'], stdin: Buffer.alloc(4_000_000) })).exitCode).toBe(0)
    expect(text((await runner.run({ argv: sh('cat; echo end') })).stdout)).toBe('end\n')
  })

  it('hands lines on as they come, from both outputs, however they are cut', async () => {
    const lines: string[] = []
    const script = String.raw`printf 'one\ntw'; sleep 0.05; printf 'o\r\n\303'; sleep 0.05; printf '\251\rfour\n\nlast'; echo warn >&2`
    await runner.run({ argv: sh(script), onLine: line => lines.push(line) })
    expect(lines.filter(line => line !== 'warn')).toEqual(['one', 'two', 'é', 'four', '', 'last'])
    expect(lines).toContain('warn')
  })

  it('hands a line on before the command ends', async () => {
    const abort = new AbortController()
    const failed = failureOf(
      processRunner({ signal: abort.signal }).run({
        argv: sh('echo started; sleep 60'),
        onLine: () => {
          abort.abort()
        }
      })
    )
    expect((await failed).reason).toBe('aborted')
  })

  it('hands on an endless line in parts', async () => {
    const lines: string[] = []
    await runner.run({ argv: sh('head -c 200000 /dev/zero | tr "\\0" x'), onLine: line => lines.push(line) })
    expect(lines.join('')).toHaveLength(200_000)
    expect(lines.length).toBeGreaterThan(2)
  })

  it('kills the command and its children when the time is over', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'process-'))
    try {
      const script = `trap '' TERM; sh -c 'trap "" TERM; echo $$ > ${directory}/pid; while :; do sleep 1; done' & wait`
      const failed = await failureOf(runner.run({ argv: sh(script), timeoutSeconds: 0.5 }))
      expect([failed.name, failed.reason, failed.message]).toEqual([
        'CommandFailed',
        'timed-out',
        'sh: not finished within 0.5 seconds'
      ])
      expect(await isGone(Number(readFileSync(`${directory}/pid`, 'utf8')))).toBe(true)
    } finally {
      rmSync(directory, { recursive: true })
    }
  })

  it('does not wait for a child that holds the output open, and takes it down', async () => {
    const started = Date.now()
    const { stdout, exitCode } = await runner.run({ argv: sh('sleep 60 & echo $!') })
    expect(exitCode).toBe(0)
    expect(Date.now() - started).toBeLessThan(10_000)
    expect(await isGone(Number(text(stdout)))).toBe(true)
  })

  it('refuses to start once cancelled, with the reason as cause', async () => {
    const reason = new Error('deadline')
    const failed = await failureOf(processRunner({ signal: AbortSignal.abort(reason) }).run({ argv: ['true'] }))
    expect([failed.reason, failed.cause]).toEqual(['aborted', reason])
  })

  it('fails where there is too much output, never cuts it', async () => {
    const failed = await failureOf(runner.run({ argv: ['yes'], maxOutputBytes: 1000 }))
    expect(failed.reason).toBe('output-too-large')
    const exact = await runner.run({ argv: sh('printf 1234567890'), maxOutputBytes: 10 })
    expect(text(exact.stdout)).toBe('1234567890')
  })

  it('tells a missing program from a missing folder and from a file that is no program', async () => {
    const reasons = [
      await failureOf(runner.run({ argv: ['no-such-program-here'] })),
      await failureOf(runner.run({ argv: ['true'], cwd: '/no/such/folder' })),
      await failureOf(runner.run({ argv: [join(process.cwd(), 'package.json')] })),
      await failureOf(runner.run({ argv: ['printf', 'nul\0nul'] }))
    ].map(({ reason }) => reason)
    expect(reasons).toEqual(['not-found', 'not-started', 'not-started', 'not-started'])
  })

  it('says by which signal a command ended', async () => {
    const failed = await failureOf(runner.run({ argv: sh('kill -KILL $$') }))
    expect([failed.reason, failed.message]).toEqual(['killed', 'sh: ended by SIGKILL'])
  })

  it('fails with what onLine throws', async () => {
    const run = runner.run({
      argv: sh('echo line; sleep 60'),
      onLine: () => {
        throw new Error('full')
      }
    })
    await expect(run).rejects.toThrow('full')
  })

  it('keeps running commands apart', async () => {
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, index) => runner.run({ argv: sh(`echo ${index}; exit ${index}`) }))
    )
    expect(results.map(({ exitCode, stdout }) => [exitCode, text(stdout)])).toEqual(
      Array.from({ length: 12 }, (_, index) => [index, `${index}\n`])
    )
    expect(process.listenerCount('exit')).toBeLessThan(5)
  })

  it('kills what still runs when this process ends', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'process-'))
    try {
      const script = join(directory, 'run.mts')
      const adapter = new URL('../../../src/adapters/process/index.ts', import.meta.url).href
      writeFileSync(
        script,
        `import { processRunner } from '${adapter}'
         void processRunner().run({ argv: ['sh', '-c', 'echo $$ > ${directory}/pid; echo up; sleep 60'], onLine: () => process.exit(0) })`
      )
      const argv: [string, ...string[]] = [process.execPath, '--import', 'tsx', script]
      expect((await runner.run({ argv, cwd: process.cwd() })).stderr).toBe('')
      expect(await isGone(Number(readFileSync(`${directory}/pid`, 'utf8')))).toBe(true)
    } finally {
      rmSync(directory, { recursive: true })
    }
  })
})
