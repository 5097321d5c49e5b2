import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { packageChanges } from '../../../src/publish-layers/plan/package-changes.js'

const of = (...packages: string[]) =>
  packages.map(text => {
    const [name = '', version = ''] = text.split(' ')
    return { name, version }
  })

it('added, removed and moved packages, by name; what stays is not named', () => {
  const before = of('flask 3.0.2', 'jinja2 3.1', 'zipp 1', 'two 1.0')
  const after = of('two 2.0', 'two 1.0', 'flask 3.0.3', 'jinja2 3.1', 'attrs 23')
  expect(packageChanges(before, after)).toEqual([
    { name: 'attrs', from: null, to: '23' },
    { name: 'flask', from: '3.0.2', to: '3.0.3' },
    { name: 'two', from: '1.0', to: '1.0 and 2.0' },
    { name: 'zipp', from: '1', to: null }
  ])
  expect(packageChanges(before, [...before].reverse())).toEqual([])
})

it('the way back is the way there, turned round', () => {
  const some = fc.array(
    fc.record({ name: fc.constantFrom('a', 'b', '__proto__'), version: fc.constantFrom('1', '2', '10') })
  )
  fc.assert(
    fc.property(some, some, (one, other) => {
      const back = packageChanges(other, one).map(({ name, from, to }) => ({ name, from: to, to: from }))
      expect(packageChanges(one, other)).toEqual(back)
    })
  )
})
