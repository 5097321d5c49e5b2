#!/usr/bin/env node
/** Stands in for the GitHub CLI: keeps what it is told in $NEWCOMER_GH, and answers the few questions of the pages. Anything else is an error. */
import { appendFileSync, readFileSync } from 'node:fs'

const words = process.argv.slice(2)
const valueOf = name => words[words.indexOf(name) + 1]
const has = name => words.includes(name)
const known = [
  'api',
  'variable set',
  'variable list',
  'secret set',
  'secret delete',
  'repo deploy-key add',
  'pr create',
  'pr merge',
  'pr checks',
  'run watch',
  'run rerun'
]
const name = known.find(each => `${words.join(' ')} `.startsWith(`${each} `))
if (name === undefined) {
  console.error(`no such command in this stand-in: gh ${words.join(' ')}`)
  process.exit(64)
}
const isReading = name === 'secret set' || valueOf('--input') === '-'
const stdin = isReading && !process.stdin.isTTY ? readFileSync(0, 'utf8') : ''
if (valueOf('--input') === '-') JSON.parse(stdin)
const body = has('--body') ? valueOf('--body') : null
const environment = has('--env') ? valueOf('--env') : null
const said = { name, words, environment, body, stdin }
appendFileSync(process.env.NEWCOMER_GH, `${JSON.stringify(said)}\n`)
if (has('--jq')) console.log('4711')
if (name === 'variable list') {
  const lines = readFileSync(process.env.NEWCOMER_GH, 'utf8').trim().split('\n')
  for (const line of lines) {
    const each = JSON.parse(line)
    if (each.name === 'variable set' && each.environment === environment) console.log(`${each.words[2]}\t${each.body}`)
  }
}
