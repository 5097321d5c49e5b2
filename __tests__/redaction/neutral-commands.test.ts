import { expect, it } from '@jest/globals'
import { EOL } from 'node:os'
import { withoutCommands } from '../../src/redaction/neutral-commands.js'

const zero = '\u200b'

it.each([
  ['::error::x', `:${zero}:error::x`],
  ['  \t::set-output name=a::b', `  \t:${zero}:set-output name=a::b`],
  ['\u0000\ufeff::debug::x', `\u0000\ufeff:${zero}:debug::x`],
  ['a ::error::x', 'a ::error::x'],
  ['a: :b', 'a: :b'],
  ['x ##[group]y ##[endgroup]', `x #${zero}#[group]y #${zero}#[endgroup]`],
  ['## head', '## head'],
  ['plain', 'plain'],
  ['', '']
])('F83 %j is printed as %j', (text, expected) => {
  expect(withoutCommands(text)).toBe(expected)
})

it.each(['\n', '\r\n', '\r'])('F83 every line behind %j is looked at', lineEnd => {
  expect(withoutCommands(`a${lineEnd}::b::${lineEnd}c`)).toBe(['a', `:${zero}:b::`, 'c'].join(EOL))
})
