import { describe, expect, it } from '@jest/globals'
import { parseComment, type Section } from '../../../src/report/comment/comment-document.js'
import { note, row, section } from './sections.js'

const ours = '<!-- layer-deploy -->'
const open = '<!-- layer-deploy:environment sandbox -->'
const close = '<!-- /layer-deploy:environment sandbox -->'
const made = ' <!-- layer-deploy:made -->'
const head = '| Layer | Result | Version | Why | Source | Layer version ARN |\n| --- | --- | --- | --- | --- | --- |'
const parsed = (...lines: string[]): Section => parseComment([ours, open, ...lines].join('\n')).sections[0]!
const empty = section({ run: '0.0' })

describe('what is read', () => {
  const aRow = '| <!-- layer-deploy:row a us published 7.1 --> a us |'
  it.each<[string, readonly string[], Section]>([
    ['a run', ['<!-- layer-deploy:run 7.2 -->'], { ...empty, run: '7.2' }],
    ['a run that was cut', ['<!-- layer-deploy:run 7.2 cut -->'], { ...empty, run: '7.2', cut: true }],
    ['a title', ['### a title <!-- layer-deploy:title -->'], { ...empty, title: 'a title' }],
    ['a foot', ['the foot <!-- layer-deploy:foot -->'], { ...empty, foot: 'the foot' }],
    ['a row', [aRow], section({ run: '0.0', rows: [row('a us')] })],
    ['a row twice', [aRow, aRow.replace('7.1', '8.1')], section({ run: '0.0', rows: [row('a us', { run: '8.1' })] })],
    [
      'a row of a status that nobody knows',
      [aRow.replace('published', 'constructor')],
      { ...empty, looseRows: [aRow.replace('published', 'constructor')] }
    ],
    ['a note of the run', ['- ⚠️ Late <!-- layer-deploy:note warning 7.1 - -->'], { ...empty, notes: [note('Late')] }],
    [
      'a note of a row',
      ['- ❌ Broken <!-- layer-deploy:note failure 7.1 a us -->'],
      { ...empty, notes: [note('Broken', { kind: 'failure', key: 'a us' })] }
    ],
    [
      'a note of a kind that nobody knows',
      ['x <!-- layer-deploy:note toString 7.1 - -->'],
      { ...empty, looseLines: ['x <!-- layer-deploy:note toString 7.1 - -->'] }
    ],
    ['our own head of a table, and what was made', [...head.split('\n'), '', `x${made}`], empty],
    ['the head of another table', ['| x | y |', '| :-- | --: |', '| 1 | 2 |'], { ...empty, looseRows: ['| 1 | 2 |'] }],
    [
      'lines of others',
      ['by a person', '| a row |'],
      { ...empty, looseLines: ['by a person'], looseRows: ['| a row |'] }
    ],
    [
      'a picture',
      ['<!-- layer-deploy:picture -->', 'one', '', close.replace('sandbox', 'x y'), '<!-- /layer-deploy:picture -->'],
      { ...empty, picture: `one\n\n${close.replace('sandbox', 'x y')}` }
    ],
    ['a picture that has no end', ['<!-- layer-deploy:picture -->', 'one', close, 'two'], empty]
  ])('%s', (_name, lines, expected) => {
    expect(parsed(...lines)).toEqual(expected)
  })

  const detail = (...lines: string[]) => ['<!-- layer-deploy:detail a us 01...02 -->', ...lines]
  const end = '<!-- /layer-deploy:detail -->'
  it.each<[string, readonly string[], object]>([
    [
      'a detail',
      [...detail('', '<details>', 'x', '', '</details>'), end],
      { detail: '<details>\nx', range: '01...02' }
    ],
    [
      'a detail with commits',
      [...detail('<details>', '<!-- layer-deploy:commits -->', '- one', '', '</details>'), end],
      { detail: '<details>', commits: '- one', range: '01...02' }
    ],
    [
      'a picture in a detail',
      [...detail('<!-- /layer-deploy:picture -->'), end],
      {
        ...{ detail: '<!-- /layer-deploy:picture -->', range: '01...02' }
      }
    ],
    ['a detail without a range', ['<!-- layer-deploy:detail a us - -->', 'x', end], { detail: 'x' }],
    ['a detail that has no end', detail('x'), {}],
    ['a detail of another row', [...detail('x').map(line => line.replace('a us', 'b us')), end], {}]
  ])('%s', (_name, lines, expected) => {
    expect(parsed(aRow, ...lines)).toEqual(section({ run: '0.0', rows: [row('a us', expected)] }))
  })

  it('the end of a detail is none of a picture, nor are commits', () => {
    const lines = ['<!-- layer-deploy:commits -->', end]
    expect(parsed('<!-- layer-deploy:picture -->', ...lines, '<!-- /layer-deploy:picture -->')).toEqual({
      ...{ ...empty, picture: lines.join('\n') }
    })
  })

  it('a section ends with its mark, or where the next one begins, whatever is open in it', () => {
    const next = '<!-- layer-deploy:environment ~ab -->'
    const { loose, sections } = parseComment(
      [ours, 'first', open, ...detail('x'), next, 'within', close, 'last', `made${made}`, ''].join('\n')
    )
    expect(loose).toEqual(['first', 'last'])
    expect(sections).toEqual([empty, { ...empty, name: '~ab', title: '', looseLines: ['within'] }])
  })

  it.each([['<!-- layer-deploy:picture -->'], ['<!-- layer-deploy:detail a us - -->']])(
    'what begins with %s ends with its section',
    opening => {
      const { loose, sections } = parseComment([ours, open, opening, 'x', close, 'after'].join('\n'))
      expect([loose, sections]).toEqual([['after'], [empty]])
    }
  )

  it('a detail outside of a section is foreign text', () => {
    expect(parseComment([ours, ...detail('x'), end].join('\n'))).toEqual({ loose: [...detail('x'), end], sections: [] })
  })
})
