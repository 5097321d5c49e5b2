/**
 * The other side of `kept-process.ts`: runs step after step in one process. Each loads its bundle anew, so that no step sees
 * the variables of another's modules; what is kept is Node itself and what V8 has compiled.
 */
import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'

const leave = process.exit.bind(process)
let begun = 0
process.once('disconnect', () => leave())
process.on('message', order => void carryOut(order))

async function carryOut({ script, args, cwd, env, end }) {
  const listeners = new Map(process.eventNames().map(name => [name, process.rawListeners(name)]))
  const started = performance.now()
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  process.chdir(cwd)
  process.argv.splice(1, Infinity, script, ...args)
  process.exitCode = undefined
  process.uptime = () => (performance.now() - started) / 1000
  const exitCode = await ended(script)
  for (const listener of added('exit', listeners)) listener.call(process, exitCode)
  for (const name of process.eventNames())
    for (const listener of added(name, listeners)) process.removeListener(name, listener)
  process.chdir('/')
  // Behind all that the step printed.
  for (const stream of [process.stdout, process.stderr]) await new Promise(written => stream.write(end, written))
  process.send({ exitCode })
}

/** @returns the exit code, as soon as the script asks to exit */
async function ended(script) {
  const asked = new Promise(resolve => {
    process.exit = code => resolve(code ?? process.exitCode ?? 0)
  })
  try {
    await Promise.race([import(address(script)), asked])
  } catch (error) {
    process.stderr.write(`${error?.stack ?? error}\n`)
    return 1
  }
  return asked
}

/** The command line's file only marks its words and starts the bundle beside it, by an address that would be loaded once. */
function address(script) {
  const marked = script.endsWith('/dist/cli/index.js')
  if (marked) process.argv.splice(2, 0, 'command-line')
  const url = pathToFileURL(marked ? script.replace(/cli\/index\.js$/, 'index.js') : script)
  return `${url.href}?${++begun}`
}

function added(name, before) {
  return process.rawListeners(name).filter(listener => !(before.get(name) ?? []).includes(listener))
}
