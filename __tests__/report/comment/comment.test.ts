import { describe, expect, it } from '@jest/globals'
import type { RunResult } from '../../../src/model/index.js'
import { COMMENT_LIMIT, isOurComment, mergeComment, renderSection } from '../../../src/report/comment/comment.js'
import { parseComment } from '../../../src/report/comment/comment-document.js'
import { elementsOf, renderMarkdown, visibleText } from '../../support/markdown.js'
import {
  codedError,
  commits,
  environment,
  failedVerdict,
  layerResult,
  layerResults,
  production,
  reportContext,
  runResult
} from '../../support/results.js'

const sectionOf = (part: Partial<RunResult> = {}, runId = '700', runAttempt = 1): string =>
  renderSection(runResult(part), reportContext({ runId, runAttempt }))!
const rowsIn = (comment: string): string[] =>
  [...comment.matchAll(/<!-- layer-deploy:row (\S+ \S+ \S+) /g)].map(match => match[1]!)

describe('the section of a run', () => {
  it('shows everything of a row, and the marker stands first', () => {
    const flask = { repository: 'acme/da_flask', subjects: ['Answer 404 to `HEAD`'], total: 12 }
    const history = new Map([['da_flask', flask]])
    const full = sectionOf({ layers: [layerResult({ previousSizeBytes: 1500 })], history })
    expect(full).toBe(`<!-- layer-deploy -->

## Lambda layers of this pull request <!-- layer-deploy:made -->

<!-- layer-deploy:environment sandbox -->
<!-- layer-deploy:run 700.1 -->

### \`sandbox\` <!-- layer-deploy:title -->

✅ **1 published** <!-- layer-deploy:made -->

| Layer | Result | Version | Why | Source | Layer version ARN |
| --- | --- | --- | --- | --- | --- |
| <!-- layer-deploy:row da_flask us-east-2 published 700.1 --> \`da_flask\`<br>\`us-east-2\` | ✅ published | **2** (before: 1) | its source changed | \`0101010\` → \`fefefef\` | \`arn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer:2\` |

<!-- layer-deploy:detail da_flask us-east-2 0101010...fefefef -->
<details><summary><code>da&#95;flask</code> in <code>us-east-2</code>: <code>0101010</code> → <code>fefefef</code>, 12 commits</summary>

[Compare 0101010 → fefefef](https://github.com/acme/da_flask/compare/${commits.old}...${commits.new}) · zip 1.2 kB (−266 B) · to go back: \`rollback\` with \`version: 1\`

\`\`\`text
arn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer:2
\`\`\`

<!-- layer-deploy:commits -->

- Answer 404 to &#96;HEAD&#96;
- and 11 more

</details>
<!-- /layer-deploy:detail -->

<!-- layer-deploy:picture -->
\`\`\`mermaid
flowchart LR
  b0(["branch<br/>test"]) --> e0["sandbox<br/>account 111122223333"]
  style e0 stroke-width:3px
  b1(["branch<br/>main"]) --> e1["production<br/>account 444455556666"]
  e0 -->|promote| b1
\`\`\`
<!-- /layer-deploy:picture -->

account \`111122223333\` · stage \`dev\` · branch \`test\` · head commit [\`a1a1a1a\`](https://github.com/acme/superproject/commit/${'a1'.repeat(20)}) · [workflow run](https://github.com/acme/superproject/actions/runs/700) <!-- layer-deploy:foot -->

<!-- /layer-deploy:environment sandbox -->
`)
    expect(isOurComment(sectionOf())).toBe(true)
  })

  it('is drawn by GitHub as a table with one row, not as text', () => {
    const html = renderMarkdown(sectionOf())
    expect(elementsOf(html).filter(element => element === 'tr')).toHaveLength(2)
    expect(elementsOf(html).filter(element => element === 'td')).toHaveLength(6)
    expect(visibleText(html)).not.toContain('layer-deploy:')
  })

  it('shows a failed guard, an error of a row and a warning, each once, with the mend', () => {
    const error = codedError()
    const verdict = failedVerdict()
    const html = renderMarkdown(
      sectionOf({
        conclusion: 'failure',
        layers: [layerResult({ status: 'failed', reason: 'failed', error, version: null })],
        verdicts: [verdict],
        errors: [error, codedError('ACCOUNT_MISMATCH', verdict.finding)],
        warnings: ['The comment was late.']
      })
    )
    const text = visibleText(html)
    expect(text.match(/ACCOUNT_MISMATCH/g)).toHaveLength(1)
    expect(text).toContain('expected: account 111122223333')
    expect(text).toContain('found: account 444455556666')
    expect(text).toContain('to do: use the role of sandbox')
    expect(text.match(/to do: allow it in the policy of the role/g)).toHaveLength(1)
    expect(text).toContain('⚠️ The comment was late.')
    expect(elementsOf(html).filter(element => element === 'li')).toHaveLength(3)
  })

  it('says what it is, shows the promotion once, links to the run, and keeps the longest ARN whole', () => {
    const arn = `arn:aws-us-gov:lambda:us-gov-east-1:111122223333:layer:${'x'.repeat(140)}:4294967295`
    const sandbox = sectionOf({ layers: [layerResult({ arn })] })
    const both = mergeComment(sandbox, sectionOf({ environment: production }, '701'))
    expect(both.split('```mermaid')).toHaveLength(2)
    expect(both.match(/^## .*/gm)).toEqual(['## Lambda layers of this pull request <!-- layer-deploy:made -->'])
    expect(both).toContain('actions/runs/700)')
    expect(both).toContain('actions/runs/701)')
    const rows = both.split('\n').filter(line => line.startsWith('| <!-- layer-deploy:row'))
    expect(rows.filter(row => row.includes(`\`${arn}\``))).toHaveLength(1)
  })

  it('shows no promotion where none is configured', () => {
    const environments = [environment(), environment({ name: 'test' })]
    expect(renderSection(runResult(), reportContext({ environments }))).not.toContain('mermaid')
  })

  it('of a run outside of GitHub Actions is older than any other', () => {
    const local = renderSection(runResult({ headline: 'Nothing here' }), reportContext({ runId: null }))!
    expect(local).toContain('<!-- layer-deploy:run 0.0 -->')
    expect(sectionOf({}, 'a12b3', 4)).toContain('<!-- layer-deploy:run 123.4 -->')
    expect(sectionOf({}, 'none')).toContain('<!-- layer-deploy:run 0.1 -->')
  })

  it('leaves a headline out that the counts say, and nothing else', () => {
    const plain = sectionOf({ headline: 'Said above', warnings: ['Late.'] })
    expect([plain.includes('Said above'), plain.includes('Late.')]).toEqual([false, true])
    expect(sectionOf({ headline: 'Said here', dryRun: true })).toContain('Said here')
  })

  it('is null where there is no environment to report on', () => {
    expect(renderSection(runResult({ environment: null }), reportContext())).toBeNull()
  })

  it('folds at 200 layers: what to act on stays visible', () => {
    const rows = [
      ...layerResults(198, { status: 'unchanged' }),
      layerResult({ status: 'failed' }),
      layerResult({ layerId: 'x' })
    ]
    const html = renderMarkdown(sectionOf({ layers: rows }))
    const [visible = '', folded = ''] = html.split('<details>')
    expect(visible.match(/<tr>/g)).toHaveLength(3)
    expect(folded.match(/<tr>/g)).toHaveLength(199)
    expect(folded).toContain('and 198 unchanged')
    expect(sectionOf({ layers: rows }).length).toBeLessThan(COMMENT_LIMIT)
  })

  it('merging the same 200 layers again changes nothing', () => {
    const section = sectionOf({ layers: layerResults(200) })
    expect(mergeComment(section, section)).toBe(section)
  })

  it('F84 F86 foreign text makes no row, section, marker or mention', () => {
    const evil = '| x |\n<!-- /layer-deploy:environment sandbox -->\n@team `x` '
    const comment = sectionOf({
      headline: evil,
      branch: evil,
      layers: [layerResult({ layerId: evil.repeat(300), region: evil, layerName: evil, arn: evil, fromCommit: evil })],
      warnings: [evil],
      errors: [codedError('GIT_FAILED', { found: evil })]
    })
    const { loose, sections } = parseComment(comment)
    expect(loose).toEqual([])
    expect(sections).toHaveLength(1)
    expect(sections[0]).toMatchObject({ looseLines: [], looseRows: [] })
    expect(sections[0]?.rows.size).toBe(1)
    expect(comment).not.toMatch(/@team/)
    expect(elementsOf(renderMarkdown(comment)).filter(element => element === 'td')).toHaveLength(6)
  })
})

describe('merging', () => {
  it('keeps the sections of other environments, in one order', () => {
    const sandbox = sectionOf()
    const prod = sectionOf({ environment: production })
    const merged = mergeComment(sandbox, prod)
    expect(parseComment(merged).sections.map(section => section.name)).toEqual(['production', 'sandbox'])
    expect(mergeComment(prod, sandbox)).toBe(merged)
  })

  it('replaces a plan by its result: one row, the notes of the plan are gone', () => {
    const plan = sectionOf({
      command: 'plan',
      headline: 'Would publish',
      layers: [layerResult({ status: 'planned', version: 1 })]
    })
    const merged = mergeComment(plan, sectionOf({}, '701'))
    expect(rowsIn(merged)).toEqual(['da_flask us-east-2 published'])
    expect(merged).not.toContain('Would publish')
    expect(merged).toContain('runs/701')
  })

  it('an older run never overwrites a newer one, whoever writes last', () => {
    const older = sectionOf({ headline: 'older', layers: [layerResult({ version: 1 })] }, '700')
    const newer = sectionOf({ headline: 'newer' }, '1000')
    expect(mergeComment(newer, older)).toBe(newer)
    expect(mergeComment(older, newer)).toBe(newer)
    const again = sectionOf({ headline: 'again' }, '1000', 2)
    expect(mergeComment(again, newer)).toBe(again)
  })

  it('a row keeps its own errors until it is written anew', () => {
    const failed = layerResult({ layerId: 'a', status: 'failed', error: codedError() })
    const before = sectionOf({ conclusion: 'failure', layers: [failed] }, '700')
    const other = mergeComment(before, sectionOf({ layers: [layerResult({ layerId: 'b' })] }, '701'))
    expect(other).toContain('ACCESS_DENIED')
    expect(rowsIn(other)).toEqual(['a us-east-2 failed', 'b us-east-2 published'])
    const mended = mergeComment(other, sectionOf({ layers: [layerResult({ layerId: 'a' })] }, '702'))
    expect(mended).not.toContain('ACCESS_DENIED')
    const reported = mergeComment(before, sectionOf({ layers: [layerResult({ layerId: 'a' })] }, '700'))
    expect(reported).not.toContain('ACCESS_DENIED')
  })

  it('keeps what it cannot parse', () => {
    const existing = sectionOf()
      .replace('\n\n### ', '\nA note by a person.\n\n### ')
      .replace('\n\naccount', '\n| a row of `another` release | x |\n\naccount')
      .replace('<!-- layer-deploy -->\n', '<!-- layer-deploy -->\nHello from outside.\n')
    const merged = mergeComment(existing, sectionOf({ layers: [layerResult({ layerId: 'b' })] }, '701'))
    expect(merged).toContain('A note by a person.')
    expect(merged).toContain('| a row of `another` release | x |')
    expect(merged).toContain('Hello from outside.')
    expect(mergeComment(merged, sectionOf({}, '702'))).toContain('A note by a person.')
    expect(merged.startsWith('<!-- layer-deploy -->\n')).toBe(true)
  })

  it('takes a comment with other line ends and without a closing marker', () => {
    const existing = sectionOf().replace(/\n/g, '\r\n').replace('<!-- /layer-deploy:environment sandbox -->', '')
    expect(mergeComment(existing, sectionOf())).toBe(sectionOf())
  })

  it('F75 is cut at a row, says so, and what to act on stays', () => {
    const rows = [...layerResults(1000, { status: 'unchanged' }), layerResult({ layerId: 'zz', status: 'failed' })]
    const comment = mergeComment(null, sectionOf({ layers: rows }))
    expect(comment.length).toBeLessThanOrEqual(65_536)
    expect(comment.length).toBeGreaterThan(60_000)
    expect(rowsIn(comment)[0]).toBe('zz us-east-2 failed')
    expect(comment).toContain('the job summary of the workflow run shows it')
    expect(
      comment
        .split('\n')
        .filter(line => line.startsWith('|'))
        .every(line => line.endsWith(' |'))
    ).toBe(true)
    expect(mergeComment(comment, sectionOf({ layers: rows }))).toBe(comment)
  })
})
