/**
 * A TypeScript program in a process of its own, an order in and a result out: within jest, whose tests run in a sandbox and under
 * async hooks, the same work takes twice the processor's time.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

/** What the program says besides, on stdout as on stderr, counts where there is no result. */
export async function inOwnProcess<Result>(program: string, order: unknown): Promise<Result> {
  const child = spawn(process.execPath, ['--no-warnings', '--import', 'tsx', program, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // NODE_OPTIONS are jest's.
    env: { ...process.env, NODE_OPTIONS: '' }
  })
  const results: Result[] = []
  child.on('message', message => void results.push(message as Result))
  const said = Promise.all([child.stdout, child.stderr].map(stream => text(stream as NonNullable<typeof stream>)))
  await once(child, 'close')
  const [result] = results
  if (result === undefined) throw new Error(`${program} failed: ${(await said).join('\n')}`)
  return result
}

/** The other side. */
export async function asOrdered(work: (order: never) => Promise<unknown>): Promise<void> {
  const result = await work(JSON.parse(process.argv[2] ?? '{}') as never)
  // What a killed run left waiting must not keep the process alive.
  process.send?.(result, () => process.exit())
}
