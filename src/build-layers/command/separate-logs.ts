import type { Log } from '../../ports/runner.js'

const heartbeatMilliseconds = 30_000

/**
 * Logs for builds that run at once. Groups of a log do not nest, and lines of two builds say nothing side by side: what a build says in
 * its group is held back until it ends, or the run does, and then shown as one. A line every 30 seconds tells that it goes on.
 * Warnings and errors are shown at once.
 */
export function separateLogs(
  log: Log,
  signal: AbortSignal,
  { everyMilliseconds = heartbeatMilliseconds }: { readonly everyMilliseconds?: number } = {}
): () => Log {
  let shown: Promise<unknown> = Promise.resolve()
  const showGroup = (title: string, lines: readonly Line[]): Promise<unknown> => {
    const show = (): Promise<void> =>
      log.group(title, () => {
        for (const { level, text } of lines) log[level](text)
        return Promise.resolve()
      })
    return (shown = shown.then(show, show))
  }
  return () => heldBack(log, signal, showGroup, everyMilliseconds)
}

interface Line {
  readonly level: 'info' | 'debug'
  readonly text: string
}

function heldBack(
  log: Log,
  signal: AbortSignal,
  showGroup: (title: string, lines: readonly Line[]) => Promise<unknown>,
  everyMilliseconds: number
): Log {
  let held: Line[] | null = null
  const say = (level: Line['level'], text: string): void => {
    if (held === null) log[level](text)
    else held.push({ level, text })
  }
  return {
    ...log,
    debug: text => {
      say('debug', text)
    },
    info: text => {
      say('info', text)
    },
    group: async (title, work) => {
      held = []
      const flush = (): Promise<unknown> => {
        const lines = held ?? []
        held = null
        heartbeat.close()
        signal.removeEventListener('abort', onAbort)
        return lines.length === 0 ? Promise.resolve() : showGroup(title, lines)
      }
      const onAbort = (): void => void flush()
      const started = Date.now()
      const heartbeat = setInterval(() => {
        const seconds = Math.round((Date.now() - started) / 1000)
        log.info(
          `${title}: for ${seconds} seconds now, its log follows when it ends; last line: ${held?.at(-1)?.text ?? 'none'}`
        )
      }, everyMilliseconds).unref()
      signal.addEventListener('abort', onAbort)
      try {
        return await work()
      } finally {
        if (held !== null) await flush()
      }
    }
  }
}
