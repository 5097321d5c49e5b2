/**
 * Loaded into the process of a run (NODE_OPTIONS=--import). Counts the boundaries of the run: before and after each file
 * write, each command and each remote call. Writes one line for each to TRIAL_BOUNDARIES; at the one numbered TRIAL_STOP_AT
 * the process gets TRIAL_SIGNAL.
 */
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { isMainThread } from 'node:worker_threads'

const require = createRequire(import.meta.url)
const fs = require('node:fs')
const { TRIAL_BOUNDARIES: file, TRIAL_STOP_AT: stopAt = '0', TRIAL_SIGNAL: signal = 'SIGINT' } = process.env
const append = fs.appendFileSync
let count = 0

function boundary(name) {
  count += 1
  append(file, `${count}\t${Date.now()}\t${name}\n`)
  if (count !== Number(stopAt)) return
  append(file, `signal\t${Date.now()}\t${signal}\n`)
  process.kill(process.pid, signal)
}

/** `name` may be a function of the arguments; `undefined` stands for "no boundary". */
function around(owner, method, nameOf) {
  const original = owner[method]
  owner[method] = function (...args) {
    const name = nameOf(...args)
    if (name === undefined) return original.apply(this, args)
    boundary(`before ${name}`)
    const result = original.apply(this, args)
    if (typeof result?.then !== 'function') {
      boundary(`after ${name}`)
      return result
    }
    return result.finally(() => boundary(`after ${name}`))
  }
}

function watchFiles() {
  for (const method of ['mkdir', 'mkdtemp', 'writeFile', 'rm', 'rename', 'copyFile', 'symlink', 'chmod'])
    around(fs.promises, method, () => `fs ${method}`)
  around(fs.promises, 'open', (_path, flags = 'r') => (flags === 'r' ? undefined : 'fs open'))
  around(fs, 'appendFileSync', path => (path === file ? undefined : 'fs appendFileSync'))
}

function watchCommands() {
  const processes = require('node:child_process')
  const { spawn } = processes
  processes.spawn = (command, args, options) => {
    const words = args.filter(word => /^[a-z][a-z-]+$/.test(word))
    const name = `command ${command} ${words[0] ?? ''}`.trim()
    boundary(`before ${name}`)
    const child = spawn(command, args, options)
    child.once('close', () => boundary(`after ${name}`))
    return child
  }
}

function watchNetwork() {
  const { fetch } = globalThis
  globalThis.fetch = async (input, init) => {
    const name = `call GitHub ${init?.method ?? 'GET'} ${new URL(input.url ?? input).pathname}`
    boundary(`before ${name}`)
    try {
      return await fetch(input, init)
    } finally {
      boundary(`after ${name}`)
    }
  }
  const http = require('node:http')
  const { request } = http
  http.request = (...args) => {
    boundary('before call AWS')
    const made = request(...args)
    made.once('close', () => boundary('after call AWS'))
    return made
  }
}

if (isMainThread && file !== undefined) {
  // What the run starts itself is not the run.
  delete process.env.NODE_OPTIONS
  watchFiles()
  watchCommands()
  watchNetwork()
  syncBuiltinESMExports()
  process.on('exit', code => append(file, `exit\t${Date.now()}\t${code}\n`))
}
