import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { separateLogs } from '../../../src/build-layers/command/separate-logs.js'
import type { Log } from '../../../src/ports/runner.js'

/** A log whose groups end like the runner's. */
function grouped(): Log & { readonly lines: readonly string[] } {
  const lines: string[] = []
  const say = (text: string): void => void lines.push(text)
  return {
    lines,
    debug: text => {
      say(`debug ${text}`)
    },
    info: say,
    notice: say,
    warning: say,
    error: say,
    group: async (title, work) => {
      say(`> ${title}`)
      try {
        return await work()
      } finally {
        say('<')
      }
    }
  }
}

const never = new AbortController().signal

describe('separateLogs', () => {
  it('shows each build as one group when it ends, warnings at once, whatever ends when', async () => {
    const log = grouped()
    const logOf = separateLogs(log, never)
    const [a, b] = [logOf(), logOf()]
    let endA = (): void => undefined
    const first = a.group('a', async () => {
      a.info('a 1')
      await new Promise<void>(resolve => (endA = resolve))
      a.debug('a 2')
      return 7
    })
    const second = b.group('b', async () => {
      b.info('b 1')
      a.warning('of a')
      await turn()
      b.info('b 2')
    })
    await second
    expect(log.lines).toEqual(['of a', '> b', 'b 1', 'b 2', '<'])
    endA()
    expect(await first).toBe(7)
    expect(log.lines.slice(5)).toEqual(['> a', 'a 1', 'debug a 2', '<'])
    a.info('after')
    expect(log.lines.at(-1)).toBe('after')
  })

  it('does not nest what ends in the same moment, or fails', async () => {
    const log = grouped()
    const logOf = separateLogs(log, never)
    const failing = (name: string) => {
      const own = logOf()
      return own.group(name, async () => {
        own.info(`${name} 1`)
        await turn()
        throw new Error(name)
      })
    }
    const ended = await Promise.allSettled(['a', 'b', 'c'].map(failing))
    expect(ended.map(one => one.status === 'rejected' && (one.reason as Error).message)).toEqual(['a', 'b', 'c'])
    expect(log.lines).toEqual(['a', 'b', 'c'].flatMap(name => [`> ${name}`, `${name} 1`, '<']))
  })

  it('tells that a build goes on, and with which last line', async () => {
    const log = grouped()
    const own = separateLogs(log, never, { everyMilliseconds: 1 })()
    await own.group('a', async () => {
      own.info('compiling')
      while (log.lines.length === 0) await turn()
    })
    expect(log.lines[0]).toMatch(/^a: for \d+ seconds now, its log follows when it ends; last line: compiling$/)
    expect(log.lines.slice(-3)).toEqual(['> a', 'compiling', '<'])
  })

  it('shows what there is where the run is cancelled, and the rest as it comes', async () => {
    const log = grouped()
    const abort = new AbortController()
    const own = separateLogs(log, abort.signal)()
    await own.group('a', async () => {
      own.info('a 1')
      abort.abort()
      await turn()
      own.info('ended')
    })
    expect(log.lines).toEqual(['> a', 'a 1', '<', 'ended'])
  })
})
