import { describe, expect, it } from '@jest/globals'
import {
  detailText,
  isOurComment,
  parseComment,
  renderDocument,
  rowKey,
  sectionName,
  sortedRows,
  type CommentDocument,
  type Section
} from '../../../src/report/comment/comment-document.js'
import type { LayerStatus } from '../../../src/model/index.js'
import { note, row, section } from './sections.js'

const ours = '<!-- layer-deploy -->'
const open = '<!-- layer-deploy:environment sandbox -->'
const close = '<!-- /layer-deploy:environment sandbox -->'
const made = ' <!-- layer-deploy:made -->'
const head = '| Layer | Result | Version | Why | Source | Layer version ARN |\n| --- | --- | --- | --- | --- | --- |'

describe('a document is one text', () => {
  const full: CommentDocument = {
    loose: ['Hello', 'from outside'],
    sections: [
      section({
        ...{ run: '7.2', cut: true, foot: 'account `1`', picture: '```mermaid\nflowchart LR\n```' },
        rows: [
          row('b us', { status: 'unchanged', run: '6.1', text: '| $& `b` |' }),
          row('a us', {
            ...{ status: 'failed', range: '01...02', commits: '- one\n- two' },
            detail: '<details><summary>a</summary>\n\ntext'
          })
        ],
        notes: [
          note('Late'),
          note('Passed', { kind: 'gate' }),
          note('Broken', { kind: 'failure', key: 'a us', run: '7.2' }),
          note('Refused', { kind: 'headline' })
        ],
        ...{ looseRows: ['| old |'], looseLines: ['by a person', 'and another'] }
      }),
      section({ name: 'test', title: 'test' })
    ]
  }
  const text = `${ours}

## Lambda layers of this pull request${made}

Hello
from outside

${open}
<!-- layer-deploy:run 7.2 cut -->

### \`sandbox\` <!-- layer-deploy:title -->

❌ **1 failed, 1 unchanged**${made}

Refused <!-- layer-deploy:note headline 7.1 - -->

- ❌ Broken <!-- layer-deploy:note failure 7.2 a us -->

${head}
| <!-- layer-deploy:row a us failed 7.1 --> a us |
| <!-- layer-deploy:row b us unchanged 6.1 --> $& \`b\` |
| old |

- ✅ Passed <!-- layer-deploy:note gate 7.1 - -->

- ⚠️ Late <!-- layer-deploy:note warning 7.1 - -->

<!-- layer-deploy:detail a us 01...02 -->
<details><summary>a</summary>

text

<!-- layer-deploy:commits -->

- one
- two

</details>
<!-- /layer-deploy:detail -->

*There is more than fits here: the job summary of the workflow run shows it.*${made}

by a person
and another

<!-- layer-deploy:picture -->
\`\`\`mermaid
flowchart LR
\`\`\`
<!-- /layer-deploy:picture -->

account \`1\` <!-- layer-deploy:foot -->

${close}

<!-- layer-deploy:environment test -->
<!-- layer-deploy:run 7.1 -->

### test <!-- layer-deploy:title -->

<!-- /layer-deploy:environment test -->
`

  it('written with everything that it may hold', () => {
    expect(renderDocument(full)).toBe(text)
  })

  it('and read back from it', () => {
    const { loose, sections } = parseComment(text)
    expect(loose).toEqual(full.loose)
    const inOrder = ['Refused', 'Broken', 'Passed', 'Late'].map(words =>
      full.sections[0]!.notes.find(one => one.text === words)!
    )
    expect(sections).toEqual([{ ...full.sections[0]!, notes: inOrder }, full.sections[1]])
  })

  it.each(['\r\n', '\r'])('with the line ends %j, too', lineEnd => {
    expect(parseComment(text.replaceAll('\n', lineEnd))).toEqual(parseComment(text))
  })

  it('nothing but the marker and the title where there is nothing', () => {
    const nothing = { loose: [], sections: [] }
    expect(renderDocument(nothing)).toBe(`${ours}\n\n## Lambda layers of this pull request${made}\n`)
    expect(parseComment(renderDocument(nothing))).toEqual(nothing)
    expect(parseComment('')).toEqual(nothing)
  })

  it('begins with the marker', () => {
    expect([renderDocument(full), `x\n${text}`, ''].map(isOurComment)).toEqual([true, false, false])
  })
})

describe('rows', () => {
  const many = (count: number, status: LayerStatus, prefix = 'u') =>
    Array.from({ length: count }, (_unused, index) => row(`${prefix}${String(index).padStart(2, '0')} us`, { status }))
  const shown = (part: Partial<Section>, rows: Parameters<typeof section>[0] = {}) =>
    renderDocument({ loose: [], sections: [{ ...section(rows), ...part }] })
  const rowsIn = (text: string) => text.split('<!-- layer-deploy:row').length - 1

  it('stand by what to act on, then by name', () => {
    const order = ['failed', 'not-attempted', 'published', 'rolled-back', 'planned', 'skipped', 'unchanged'] as const
    const rows = [...order]
      .reverse()
      .flatMap(status => [row(`b ${status}`, { status }), row(`a ${status}`, { status })])
    expect(sortedRows(section({ rows })).map(({ key }) => key)).toEqual(
      order.flatMap(status => [`a ${status}`, `b ${status}`])
    )
  })

  it.each<[number, number, number, number, string]>([
    [0, 20, 20, 0, ''],
    [1, 19, 20, 0, ''],
    [1, 20, 1, 20, 'and 20 unchanged'],
    [20, 1, 20, 1, 'and 1 unchanged'],
    [21, 0, 20, 1, 'and 1 published'],
    [22, 3, 20, 5, 'and 2 published, 3 unchanged'],
    [0, 21, 0, 21, '21 unchanged']
  ])('%i published and %i unchanged: %i are seen, %i folded', (published, unchanged, seen, folded, words) => {
    const text = shown({}, { rows: [...many(published, 'published', 'p'), ...many(unchanged, 'unchanged')] })
    const [before = '', after = ''] = text.split('<details>')
    expect([rowsIn(before), rowsIn(after)]).toEqual([seen, folded])
    expect(text.match(/<summary>(.*)<\/summary>/)?.[1] ?? '').toBe(words)
    expect(before.split(head)).toHaveLength(seen === 0 ? 1 : 2)
    expect(after.split(`\n\n${head}\n`)).toHaveLength(folded === 0 ? 1 : 2)
    expect(after.includes(`\n\n</details>${made}`)).toBe(folded > 0)
    expect(sectionsIn(text)).toBe(published + unchanged)
  })

  it.each<[LayerStatus, number]>([
    ['skipped', 0],
    ['unchanged', 0],
    ['not-attempted', 20],
    ['planned', 20]
  ])('of 21 that are %s %i are seen', (status, seen) => {
    expect(rowsIn(shown({}, { rows: many(21, status) }).split('<details>')[0]!)).toBe(seen)
  })

  it.each([
    [8, ''],
    [9, 'Details of 9 rows']
  ])('the details of %i are folded as %j', (count, words) => {
    const detail = '<details><summary>one</summary>'
    const rows = [...many(count, 'published').map(one => ({ ...one, detail })), row('z us')]
    const text = shown({}, { rows })
    expect(text.split('<!-- layer-deploy:detail ')).toHaveLength(count + 1)
    expect(text.match(/<summary>(Details.*)<\/summary>/)?.[1] ?? '').toBe(words)
    expect(text.includes(`<!-- /layer-deploy:detail -->\n\n</details>${made}\n\n`)).toBe(count === 9)
    expect(parseComment(text).sections[0]?.looseLines).toEqual([])
  })

  it('a detail without commits says nothing of them', () => {
    expect(detailText(row('a us', { detail: '<details>', range: '1...2' }))).toBe(
      '<!-- layer-deploy:detail a us 1...2 -->\n<details>\n\n</details>\n<!-- /layer-deploy:detail -->'
    )
  })

  it.each([
    ['❌ **1 published**', { notes: [note('x', { kind: 'failure' })], rows: [row('a us')] }],
    ['✅ **1 published**', { notes: [note('x')], rows: [row('a us')] }],
    ['⏸️ **1 not attempted, 1 published**', { rows: [row('a us'), row('b us', { status: 'not-attempted' })] }]
  ])('are counted behind the mark of the first: %s', (words, part) => {
    expect(shown({}, part)).toContain(`\n\n${words}${made}\n\n`)
  })

  function sectionsIn(text: string): number {
    return parseComment(text).sections[0]?.rows.size ?? 0
  }
})

describe('a name in a marker', () => {
  it.each([
    ['sandbox', 'sandbox'],
    ['a.b-c_d9', 'a.b-c_d9'],
    ['x'.repeat(100), 'x'.repeat(100)]
  ])('%s stays', (name, expected) => {
    expect(sectionName(name)).toBe(expected)
  })

  it.each(['a b', 'a--b', 'x'.repeat(101), '', 'ä', 'a\nb', '~ab'])('%j becomes a digest', name => {
    expect(sectionName(name)).toMatch(/^~[0-9a-f]{24}$/)
  })

  it('a row has the layer’s and the region’s', () => {
    expect(rowKey('da_flask', 'us-east-2')).toBe('da_flask us-east-2')
    expect(rowKey('a b', 'us-east-2')).toBe(`${sectionName('a b')} us-east-2`)
    expect(rowKey('a', 'b c')).toBe(`a ${sectionName('b c')}`)
  })
})
