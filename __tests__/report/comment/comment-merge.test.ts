import { describe, expect, it } from '@jest/globals'
import { parseComment, renderDocument, type Row, type Section } from '../../../src/report/comment/comment-document.js'
import { commentScope, mergeComment, mergeSection } from '../../../src/report/comment/comment-merge.js'
import { note, row, section } from './sections.js'

const textOf = (...sections: readonly Section[]): string => renderDocument({ loose: [], sections })
const sectionsIn = (text: string): readonly Section[] => parseComment(text).sections
const rowsOf = ({ rows }: Section): readonly Row[] => [...rows.values()]

describe('two reports of one environment', () => {
  it.each([
    ['7.1', '7.2', 'after'],
    ['7.2', '7.1', 'before'],
    ['7.1', '7.1', 'after'],
    ['9.1', '10.1', 'after'],
    ['10.1', '9.2', 'before'],
    ['10.9', '10.10', 'after'],
    ['0.0', '7.1', 'after']
  ])('run %s, then %s: title, foot, picture and rows are of the %s', (before, after, newest) => {
    const part = (words: string, run: string) =>
      section({
        ...{ run, title: words, foot: words, picture: words, notes: [note(words, { run })] },
        rows: [row('a us', { run, text: words })]
      })
    const merged = mergeSection(part('before', before), part('after', after))
    const run = newest === 'after' ? after : before
    expect(merged).toMatchObject({ name: 'sandbox', run, title: newest, foot: newest, picture: newest })
    expect(rowsOf(merged)).toEqual([row('a us', { run, text: newest })])
    const notes = before === after ? ['after', 'before'] : [newest]
    expect(merged.notes.map(({ text }) => text)).toEqual(notes)
  })

  it('a title that is not known is the one before', () => {
    const named = section({ title: 'a b' })
    expect(mergeSection(named, section({ title: '', run: '8.1' })).title).toBe('a b')
    expect(mergeSection(section({ title: '', run: '8.1' }), named).title).toBe('')
  })

  it.each([
    ['7.1', true, '7.1', false, true],
    ['7.1', true, '8.1', false, false],
    ['7.1', false, '8.1', true, true],
    ['8.1', true, '7.1', false, true],
    ['8.1', false, '7.1', true, false],
    ['7.1', false, '7.1', false, false]
  ])('run %s cut %j, then %s cut %j: cut %j', (before, beforeCut, after, afterCut, cut) => {
    expect(mergeSection(section({ run: before, cut: beforeCut }), section({ run: after, cut: afterCut })).cut).toBe(cut)
  })

  it('rows of both stand, each as the newer run has it', () => {
    const before = section({ run: '8.1', rows: [row('a us', { run: '8.1', text: 'new' }), row('b us')] })
    const after = section({ rows: [row('a us', { text: 'old' }), row('c us')] })
    expect(rowsOf(mergeSection(before, after)).map(({ key, text }) => [key, text])).toEqual([
      ['a us', 'new'],
      ['b us', '| b us |'],
      ['c us', '| c us |']
    ])
  })

  it('what others wrote stands once', () => {
    const before = section({ looseRows: ['| x |', '| y |'], looseLines: ['one'] })
    const after = section({ looseRows: ['| y |', '| z |'], looseLines: ['one', 'two'] })
    expect(mergeSection(before, after)).toMatchObject({
      ...{ looseRows: ['| x |', '| y |', '| z |'], looseLines: ['one', 'two'] }
    })
  })

  it.each<[string, Partial<Row>, Partial<Row>, string]>([
    ['known before', { range: '1...2', commits: '- one' }, { range: '1...2' }, '- one'],
    ['known now', { range: '1...2', commits: '- one' }, { range: '1...2', commits: '- two' }, '- two'],
    ['of other commits', { range: '1...2', commits: '- one' }, { range: '1...3' }, ''],
    ['of no commits', { range: '-', commits: '- one' }, { range: '-' }, ''],
    ['never known', { range: '1...2' }, { range: '1...2' }, '']
  ])('commits that are %s', (_name, before, after, commits) => {
    const [merged] = rowsOf(
      mergeSection(section({ rows: [row('a us', before)] }), section({ run: '8.1', rows: [row('a us', after)] }))
    )
    expect(merged?.commits).toBe(commits)
  })

  it('a new row has no commits of before', () => {
    const rows = [row('a us', { range: '1...2' })]
    expect(rowsOf(mergeSection(section(), section({ rows })))).toEqual(rows)
  })
})

describe('notes', () => {
  const ofRow = (text: string) => note(text, { kind: 'failure', key: 'a us' })
  it.each<[string, Section, Section, readonly string[]]>([
    [
      'of a row go with it',
      section({ rows: [row('a us')], notes: [ofRow('old')] }),
      section({ run: '8.1', rows: [row('a us', { run: '8.1' })] }),
      []
    ],
    [
      'of a row that is written anew are the new ones',
      section({ rows: [row('a us')], notes: [ofRow('old')] }),
      section({ rows: [row('a us', { text: 'new' })], notes: [ofRow('new')] }),
      ['new']
    ],
    [
      'of a row stand as long as it does',
      section({ rows: [row('a us')], notes: [ofRow('old')] }),
      section({ run: '8.1', rows: [row('b us')] }),
      ['old']
    ],
    ['of no row go', section({ notes: [ofRow('old')] }), section({ notes: [ofRow('new')] }), []],
    [
      'of a run go with the next one',
      section({ notes: [note('old')] }),
      section({ run: '8.1', notes: [note('new', { run: '8.1' })] }),
      ['new']
    ],
    ['stand once', section({ notes: [note('x')] }), section({ notes: [note('x'), note('x')] }), ['x']],
    [
      'stand by kind, row and words',
      section({
        rows: [row('a us'), row('b us')],
        notes: [note('z'), note('y', { key: 'b us' }), note('x', { key: 'b us' }), note('w', { key: 'a us' })]
      }),
      section({ notes: [note('v', { kind: 'gate' }), note('z', { kind: 'failure' })] }),
      ['z', 'v', 'z', 'w', 'x', 'y']
    ]
  ])('%s', (_name, before, after, expected) => {
    // A row is the one of a report where it is the same record: each side has its own.
    expect(mergeSection(before, after).notes.map(({ text }) => text)).toEqual(expected)
  })
})

describe('a comment', () => {
  it('of one report is what it says', () => {
    const text = textOf(section({ rows: [row('a us')], picture: 'p', foot: 'f' }))
    expect(mergeComment(null, text)).toBe(text)
    expect(mergeComment(text, text)).toBe(text)
  })

  it('has its sections by name, and the picture of the newest run alone', () => {
    const drawn = (name: string, run: string, picture = `of ${name}`) => textOf(section({ name, run, picture }))
    const merged = mergeComment(mergeComment(drawn('b', '9.1'), drawn('c', '10.1')), drawn('a', '11.1', ''))
    expect(sectionsIn(merged).map(({ name, picture }) => [name, picture])).toEqual([
      ['a', ''],
      ['b', ''],
      ['c', 'of c']
    ])
  })

  it('keeps what stands outside of sections, of the comment and not of the report', () => {
    const merged = mergeComment(`<!-- layer-deploy -->\nby a person\n`, `not ours\n${textOf(section())}`)
    expect(parseComment(merged).loose).toEqual(['by a person'])
  })
})

describe('F103 a run that speaks for every layer and region', () => {
  const scope = commentScope('sand box', [{ id: 'a' }, { id: 'b c' }], ['us', 'eu'])
  const report = (run: string, rows: readonly Row[] = []) => textOf(section({ name: scope.section, run, rows }))

  it('knows every row by its key', () => {
    const [, key] = [...scope.rows].map(each => each.split(' ')[0])
    expect([...scope.rows]).toEqual(['a us', 'a eu', `${[...scope.rows][2]!.split(' ')[0]!} us`, expect.any(String)])
    expect(key).toBe('a')
    expect([...scope.rows][3]).toMatch(/^~[0-9a-f]{24} eu$/)
    expect(scope.section).toMatch(/^~[0-9a-f]{24}$/)
  })

  it('takes rows away that are configured no longer, with their notes, but none of a newer run', () => {
    const rows = [row('a us'), row('old us'), row('new us', { run: '9.1' })]
    const notes = [
      ...[note('of a', { key: 'a us' }), note('of old', { key: 'old us' })],
      ...[note('of new', { key: 'new us', run: '9.1' }), note('of the run', { run: '8.1' })]
    ]
    const before = textOf(section({ name: scope.section, run: '8.1', rows, notes }))
    const [merged] = sectionsIn(mergeComment(before, report('8.1'), { scope }))
    expect(rowsOf(merged!).map(({ key }) => key)).toEqual(['a us', 'new us'])
    expect(merged?.notes.map(({ text }) => text)).toEqual(['of the run', 'of a', 'of new'])
  })

  it.each([
    ['7.9', ['own']],
    ['8.1', ['own']],
    ['8.2', ['elsewhere', 'own']],
    ['10.1', ['elsewhere', 'own']]
  ])('a section of an earlier aim, of run %s, beside its own of run 8.1', (run, expected) => {
    const before = textOf(section({ name: 'elsewhere', run }))
    const merged = sectionsIn(mergeComment(before, report('8.1'), { scope }))
    expect(merged.map(({ name }) => (name === scope.section ? 'own' : name))).toEqual(expected)
  })

  it('a report that says nothing of the section takes only what nobody dated', () => {
    const before = textOf(section({ name: 'elsewhere', run: '7.1' }), section({ name: 'other', run: '0.0' }))
    const merged = sectionsIn(mergeComment(before, textOf(section({ name: 'third' })), { scope }))
    expect(merged.map(({ name }) => name)).toEqual(['elsewhere', 'third'])
  })

  it('without a scope all of it stands', () => {
    const before = textOf(section({ name: 'elsewhere', rows: [row('old us')] }))
    expect(sectionsIn(mergeComment(before, report('8.1')))).toHaveLength(2)
  })
})

describe('F75 a comment that is too long', () => {
  const detail = `<details><summary>${'x'.repeat(100)}</summary>`
  const bare = (key: string, part: Partial<Row>) => row(key, { text: `| ${'x'.repeat(150)} |`, ...part })
  const details = { detail, range: '1...2', commits: '- one' }
  const rows = [
    bare('a us', { ...details, status: 'failed' }),
    bare('b us', { ...details, status: 'planned' }),
    bare('c us', { ...details, status: 'unchanged' })
  ]
  const loose = { looseLines: ['l'.repeat(100)], looseRows: ['| by others |'] }

  /** What is left, as the room gets smaller by a few characters at a time: details, pictures, rows, notes, loose lines, and whether it says so. */
  function steps(text: string): readonly string[] {
    const seen = new Set<string>()
    for (let limit = text.length; ; limit -= 5) {
      let merged
      try {
        merged = mergeComment(text, text, { limit })
      } catch (error) {
        expect(String(error)).toMatch(/^Error: a comment of \d+ characters cannot be cut to \d+$/)
        return [...seen]
      }
      expect(merged.length).toBeLessThanOrEqual(limit)
      const { sections, loose: outside } = parseComment(merged)
      const all = sections.flatMap(rowsOf)
      const count = (size: (one: Section) => number): number => sections.reduce((sum, one) => sum + size(one), 0)
      seen.add(
        [
          all.filter(each => each.detail !== '').map(({ key }) => key[0]),
          count(one => Number(one.picture !== '')),
          all.map(({ key }) => key[0]),
          sections.flatMap(one => one.notes.map(({ text: words }) => words[0])),
          count(one => one.looseLines.length + one.looseRows.length) + outside.length,
          sections.some(one => one.cut) ? 'cut' : 'whole'
        ]
          .map(part => (Array.isArray(part) ? part.join('') || '-' : part))
          .join(' ')
      )
    }
  }

  it('loses details, the picture, rows, notes and what others wrote, and of each no more than it must', () => {
    const notes = [note('m'.repeat(100)), note('n'.repeat(100))]
    const one = section({ rows, notes, ...loose, picture: 'p'.repeat(200) })
    const text = renderDocument({ loose: ['outside'], sections: [one] })
    expect(steps(text)).toEqual([
      'abc 1 abc mn 3 whole',
      'ab 1 abc mn 3 whole',
      'a 1 abc mn 3 whole',
      '- 1 abc mn 3 whole',
      '- 0 abc mn 3 whole',
      '- 0 ab mn 3 cut',
      '- 0 a mn 3 cut',
      '- 0 - mn 3 cut',
      '- 0 - m 3 cut',
      '- 0 - - 3 cut',
      '- 0 - - 1 cut',
      '- 0 - - 0 cut'
    ])
  })

  it('loses notes first where they fill half of it', () => {
    const notes = ['m', 'n', 'o', 'p'].map(sign => note(sign.repeat(300)))
    expect(
      steps(textOf(section({ rows: rows.map(one => ({ ...one, detail: '', range: '-', commits: '' })), notes })))
    ).toEqual([
      '- 0 abc mnop 0 whole',
      '- 0 abc mno 0 cut',
      '- 0 ab mno 0 cut',
      '- 0 abc mn 0 cut',
      '- 0 ab mn 0 cut',
      '- 0 abc m 0 cut',
      '- 0 ab m 0 cut',
      '- 0 abc - 0 cut',
      '- 0 ab - 0 cut',
      '- 0 a - 0 cut',
      '- 0 - - 0 cut'
    ])
  })

  it('loses them where most is', () => {
    const other = section({ name: 'test', rows: [bare('d us', { ...details, status: 'failed' })] })
    expect(steps(textOf(section({ rows }), other))).toEqual([
      'abcd 0 abcd - 0 whole',
      'abd 0 abcd - 0 whole',
      'ad 0 abcd - 0 whole',
      'd 0 abcd - 0 whole',
      '- 0 abcd - 0 whole',
      '- 0 abd - 0 cut',
      '- 0 ad - 0 cut',
      '- 0 d - 0 cut',
      '- 0 - - 0 cut'
    ])
  })
})
