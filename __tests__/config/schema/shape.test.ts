import { describe, expect, it } from '@jest/globals'
import { hasShape, type Shape } from '../../../src/config/schema/shape.js'

const cases: readonly (readonly [name: string, shape: Shape, fits: readonly unknown[], not: readonly unknown[]])[] = [
  ['text', { type: 'string', pattern: '^a', maxLength: 2 }, ['a', 'ab'], ['b', 'abc', 1, null]],
  ['a whole number', { type: 'integer', minimum: 1, maximum: 3 }, [1, 3], [0, 4, 1.5, '1', NaN]],
  ['a number', { type: 'number' }, [1.5], [NaN, Infinity, '1']],
  ['true or false', { type: 'boolean' }, [true, false], ['yes', 0, null]],
  ['one of', { enum: ['x', 'y'] }, ['x'], ['z', null]],
  ['exactly', { const: 1, type: 'number' }, [1], [2, '1']],
  ['either', { anyOf: [{ type: 'string' }, { type: 'boolean' }] }, ['a', true], [1]],
  [
    'a list',
    { type: 'array', minItems: 1, maxItems: 2, uniqueItems: true, items: { type: 'string' } },
    [['a'], ['a', 'b']],
    [[], ['a', 'a'], ['a', 'b', 'c'], [1], 'a', { 0: 'a' }]
  ],
  [
    'a mapping of known keys',
    { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false },
    [{ a: 'x' }],
    [{}, { a: 1 }, { a: 'x', b: 1 }, [], null, JSON.parse('{"a":"x","__proto__":1}')]
  ],
  [
    'a mapping of names',
    {
      type: 'object',
      minProperties: 1,
      propertyNames: { type: 'string', pattern: '^[a-z]' },
      additionalProperties: { type: 'boolean' }
    },
    [{ a: true }],
    [{}, { A: true }, { a: 1 }, JSON.parse('{"__proto__":true}')]
  ]
]

describe('hasShape', () => {
  it.each(cases)('%s', (_name, shape, fits, not) => {
    expect(fits.filter(value => !hasShape(value, shape))).toEqual([])
    expect(not.filter(value => hasShape(value, shape))).toEqual([])
  })

  it('throws at a type it does not know', () => {
    expect(() => hasShape(1, { type: 'date' })).toThrow('unknown type date')
  })
})
