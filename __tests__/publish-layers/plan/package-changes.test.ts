import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { packageChanges } from '../../../src/publish-layers/plan/content-changes.js'

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

describe('marks', () => {
  const licences = (entries: Record<string, string>) => new Map(Object.entries(entries))
  const marks = (before: Record<string, string> | null, after: Record<string, string>, ...yanked: string[]) => ({
    licencesBefore: before === null ? null : licences(before),
    licencesAfter: licences(after),
    yanked: of(...yanked)
  })
  it('another licence is named, of a package that stays, too; not that of one that comes or goes', () => {
    const [before, after] = [of('flask 1', 'zipp 1', 'gone 1', 'same 1'), of('flask 2', 'zipp 1', 'new 1', 'same 1')]
    const found = packageChanges(
      before,
      after,
      marks(
        { flask: 'MIT', zipp: 'MIT', gone: 'MIT', same: 'MIT' },
        { flask: 'ISC', zipp: '', new: 'ISC', same: 'mit' }
      )
    )
    expect(found).toEqual([
      { name: 'flask', from: '1', to: '2', licence: { from: 'MIT', to: 'ISC' } },
      { name: 'gone', from: '1', to: null },
      { name: 'new', from: null, to: '1' },
      { name: 'zipp', from: '1', to: '1', licence: { from: 'MIT', to: '' } }
    ])
  })
  it('licences that are not known differ from none', () => {
    expect(packageChanges(of('a 1'), of('a 1'), marks(null, { a: 'MIT' }))).toEqual([])
  })
  it('what is yanked is named, whether it changes or not', () => {
    const found = packageChanges(of('a 1', 'b 1', 'c 1'), of('a 2', 'b 1', 'c 1'), marks(null, {}, 'a 2', 'b 1', 'c 2'))
    expect(found).toEqual([
      { name: 'a', from: '1', to: '2', yanked: true },
      { name: 'b', from: '1', to: '1', yanked: true }
    ])
  })
})
