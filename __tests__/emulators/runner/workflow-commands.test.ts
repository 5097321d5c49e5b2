import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { commandNames, parseWorkflowCommand } from '../../../emulators/runner/workflow-commands.js'

const known = new Set(commandNames)
const parse = (line: string) => {
  const command = parseWorkflowCommand(line, known)
  return command && { ...command, properties: Object.fromEntries(command.properties) }
}

describe('workflow commands', () => {
  it.each([
    ['::error::msg', { name: 'error', properties: {}, data: 'msg' }],
    ['  \t::notice::', { name: 'notice', properties: {}, data: '' }],
    ['::ERROR file=a.ts,line=1::m', { name: 'error', properties: { file: 'a.ts', line: '1' }, data: 'm' }],
    ['::error FILE=a::m', { name: 'error', properties: { file: 'a' }, data: 'm' }],
    ['::error file=,title=t,x::m', { name: 'error', properties: { title: 't' }, data: 'm' }],
    ['::error title=a=b::m', { name: 'error', properties: { title: 'a=b' }, data: 'm' }],
    ['::error::a::b', { name: 'error', properties: {}, data: 'a::b' }],
    ['::error::%250A %25 %0A', { name: 'error', properties: {}, data: '%0A % \n' }],
    ['::error::%3A%2C', { name: 'error', properties: {}, data: '%3A%2C' }],
    ['::error title=%3A%2C%25::m', { name: 'error', properties: { title: ':,%' }, data: 'm' }],
    ['text ##[error]m', { name: 'error', properties: {}, data: 'm' }],
    ['##[error file=a%3Bb;title=t]m%5D', { name: 'error', properties: { file: 'a;b', title: 't' }, data: 'm]' }]
  ])('%j', (line, command) => {
    expect(parse(line)).toEqual(command)
  })

  it.each(['', 'text', 'x ::error::m', '::error', ':error::m', '::unknown::m', '##[unknown]m', '##[error'])(
    '%j is no command',
    line => {
      expect(parse(line)).toBeNull()
    }
  )

  it('reads back what the toolkit writes', () => {
    const escapeData = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
    const escapeProperty = (text: string) => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
    // The runner trims the whole list of properties, and takes leading `=` for empty parts.
    const property = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter(text => text.trim() === text && !text.startsWith('='))
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), property, (data, title) => {
        const line = `::error title=${escapeProperty(title)}::${escapeData(data)}`
        expect(parse(line)).toEqual({ name: 'error', properties: { title }, data })
      }),
      { numRuns: 10_000 }
    )
  })
})
