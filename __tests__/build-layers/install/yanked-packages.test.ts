/** What pip and uv say of a package that its index has withdrawn. */
import { describe, expect, it } from '@jest/globals'
import { yankedPackages } from '../../../src/build-layers/install/installer-output.js'

const heard = (program: 'pip' | 'uv', ...lines: string[]) => {
  const { hear, all } = yankedPackages(program)
  for (const line of lines) hear(line)
  return all()
}
const pip = (name: string, version: string) =>
  `WARNING: The candidate selected for download or install is a yanked version: '${name}' candidate (version ${version} at http://127.0.0.1/x.whl (from http://127.0.0.1/simple/x/))`

describe('a yanked package', () => {
  it('of pip is heard, once, by its normalized name', () => {
    const lines = [pip('Da_Units', '1.0'), 'Reason for being yanked: broken', pip('da-units', '1.0'), pip('x', '2')]
    expect(heard('pip', ...lines)).toEqual([
      { name: 'da-units', version: '1.0' },
      { name: 'x', version: '2' }
    ])
  })
  it('of uv, with a reason, an extra, or neither', () => {
    const lines = ['warning: `Da_Units==1.0` is yanked (reason: "broken")', 'warning: `x[all]==2` is yanked']
    expect(heard('uv', ...lines)).toEqual([
      { name: 'da-units', version: '1.0' },
      { name: 'x', version: '2' }
    ])
  })
  it.each<['pip' | 'uv', string]>([
    ['pip', 'Successfully installed x-2'],
    ['pip', 'warning: `x==2` is yanked'],
    ['uv', pip('x', '2')],
    ['uv', 'Installed 1 package'],
    ['uv', 'a note on `x==2` is yanked']
  ])('%s says no such thing with %.40s', (program, line) => {
    expect(heard(program, line)).toEqual([])
  })
})
