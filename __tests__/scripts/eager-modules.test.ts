/** Modules of a bundle take the form that V8 reads once, and stay the same program. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'

const root = resolve(import.meta.dirname, '../..')

/** In a process of its own: the parser is a native module. */
async function eager(text: string): Promise<string> {
  const module = pathToFileURL(join(root, 'scripts/eager-modules.mjs')).href
  const program = `const { withEagerModules } = await import(${JSON.stringify(module)})
    const text = await new Response(process.stdin).text()
    process.stdout.write(withEagerModules(text))`
  const running = promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    maxBuffer: 16 * 1024 * 1024
  })
  running.child.stdin?.end(text)
  return (await running).stdout
}

describe('modules of a bundle', () => {
  it.each([
    ['one with parameters', 'var m={7:(e,t,r)=>{t.x=1}}', 'var m={7:(function(e,t,r){t.x=1})}'],
    ['one without', 'm={7:()=>{f()}}', 'm={7:(function(){f()})}'],
    ['several, in parentheses or not', 'm={7:e=>{a},8:(t=>{b})}', 'm={7:(function(e){a}),8:((function(t){b}))}'],
    ['functions inside stay', 'm={7:e=>{g({8:t=>{b}})}}', 'm={7:(function(e){g({8:t=>{b}})})}'],
    ['what is named, or only a value, stays', 'm={a:e=>{b},9:1,8:e=>e}', 'm={a:e=>{b},9:1,8:e=>e}']
  ])('%s', async (_what, text, expected) => {
    expect(await eager(text)).toBe(expected)
  })

  it('nothing of what is shipped is left to be read twice', async () => {
    for (const file of ['index.js', 'post/index.js', 'pack-worker.js']) {
      const text = readFileSync(join(root, 'dist', file), 'utf8')
      expect((await eager(text)) === text).toBe(true)
    }
  })
})
