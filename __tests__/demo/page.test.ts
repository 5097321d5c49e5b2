import { describe, expect, it } from '@jest/globals'
import { callsText, type Chapter } from '../../scripts/demo/narrator.js'
import { renderPage, type AccountView, type PageContent } from '../../scripts/demo/page.js'

const hostile = `</script><img src=x onerror=alert(1)>"'&`
const shown = '&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;'

function chapter(part: Partial<Chapter> = {}): Chapter {
  return {
    title: 'A push to test',
    claims: [],
    comment: null,
    summary: '',
    terminal: null,
    statuses: [],
    annotations: [],
    awsCalls: 0,
    awsWrites: 0,
    writeActions: [],
    githubCalls: 0,
    ...part
  }
}

function account(part: Partial<AccountView> = {}): AccountView {
  return { accountId: '111122223333', region: 'us-east-2', layers: [], stacks: [], objects: [], ...part }
}

function page(part: Partial<PageContent> = {}): string {
  return renderPage({
    title: 'The demo',
    lead: 'What happens.',
    chapters: [chapter()],
    accounts: [account()],
    mermaid: 'void 0',
    ...part
  })
}

describe('the page', () => {
  it('says first what is real and what is emulated, and has rules for a phone', () => {
    const html = page()
    const about = html.indexOf('<dt>Emulated</dt>')
    expect(about).toBeGreaterThan(html.indexOf('<dt>Real</dt>'))
    expect(about).toBeLessThan(html.indexOf('<ol class="contents">'))
    expect(html).toContain('name="viewport"')
    expect(html).toMatch(/@media\(max-width:480px\)/)
  })

  it('loads nothing from anywhere', () => {
    const html = page({
      chapters: [chapter({ summary: '![x](https://example.com/x.png)\n\n[x](https://example.com)' })]
    })
    expect(html).not.toMatch(/\ssrc=|<link\b|@import|url\(/)
  })

  it('lists every section in its table of contents', () => {
    const html = page({ chapters: [chapter({ title: 'One' }), chapter({ title: 'Two' })] })
    expect([...html.matchAll(/href="#(s\d)">([^<]*)/g)].map(([, id, text]) => `${id} ${text}`)).toEqual([
      's1 One',
      's2 Two',
      's3 What AWS holds now'
    ])
    for (const id of ['s1', 's2', 's3']) expect(html).toContain(`<section id="${id}">`)
  })

  it('marks a claim that does not hold', () => {
    const claims = [
      { text: 'no write', holds: true },
      { text: 'version 2', holds: false }
    ]
    const html = page({ chapters: [chapter({ claims })] })
    expect(html).toContain('<li>no write</li><li class="broken">version 2</li>')
  })

  it('shows who wrote the comment, and that it was edited', () => {
    const comment = {
      author: 'github-actions[bot]',
      number: 7,
      edited: true,
      body: '<!-- layer-deploy -->\n\n**2 planned**'
    }
    const html = page({ chapters: [chapter({ comment })] })
    expect(html).toContain('<b>github-actions</b><span class="bot">bot</span> edited its comment on pull request #7')
    expect(html).toContain('<strong>2 planned</strong>')
    const written = page({ chapters: [chapter({ comment: { ...comment, author: 'mona', edited: false } })] })
    expect(written).toContain('<b>mona</b> commented on pull request #7')
  })

  it.each<[string, Partial<PageContent>]>([
    ['the title', { title: hostile }],
    ['the lead', { lead: hostile }],
    ['a step', { chapters: [chapter({ title: hostile })] }],
    ['a claim', { chapters: [chapter({ claims: [{ text: hostile, holds: true }] })] }],
    ['an annotation', { chapters: [chapter({ annotations: [{ level: 'error', message: hostile }] })] }],
    ['a status', { chapters: [chapter({ statuses: [{ context: hostile, state: 'success', description: hostile }] })] }],
    ['a command', { chapters: [chapter({ terminal: { command: hostile, output: '' } })] }],
    ['what it answers', { chapters: [chapter({ terminal: { command: '', output: hostile } })] }],
    ['an author', { chapters: [chapter({ comment: { author: hostile, number: 1, edited: false, body: '' } })] }],
    [
      'a layer',
      {
        accounts: [
          account({ layers: [{ name: hostile, version: 1, arn: hostile, sizeBytes: 1, codeSha256: hostile }] })
        ]
      }
    ],
    [
      'a stack',
      { accounts: [account({ stacks: [{ name: hostile, status: hostile, tags: { [hostile]: hostile } }] })] }
    ],
    ['an object', { accounts: [account({ objects: [{ address: hostile, sizeBytes: 1 }] })] }],
    ['an account', { accounts: [account({ accountId: hostile, region: hostile })] }]
  ])('escapes %s', (_, part) => {
    const html = page(part)
    expect(html).toContain(shown)
    expect(html).not.toContain('<img')
  })

  it('keeps the library inside its script element', () => {
    const html = page({ mermaid: 'a="</script><p>";b="</SCRIPT>";c="<!-- <script>"' })
    expect(html).toContain('<script>a="<\\/script><p>";b="<\\/script>";c="\\x3C!-- <script>"</script>')
  })

  it('tells an account that holds nothing', () => {
    expect(page()).toContain('<h3>Account 111122223333, us-east-2</h3><p>Nothing.</p>')
    expect(page({ accounts: [account({ objects: [{ address: 's3://b/k', sizeBytes: 5 }] })] })).not.toContain(
      'Nothing.'
    )
  })
})

describe('the calls of a step', () => {
  it('names the writes', () => {
    const counts = {
      awsCalls: 23,
      awsWrites: 3,
      writeActions: ['s3:PutObject × 2', 'lambda:PublishLayerVersion'],
      githubCalls: 4
    }
    expect(callsText(counts)).toBe(
      'AWS: 23 calls, 3 of them writes (s3:PutObject × 2, lambda:PublishLayerVersion); GitHub: 4 calls'
    )
  })

  it('shows a zero', () => {
    expect(callsText(chapter({ awsCalls: 5, githubCalls: 1 }))).toBe('AWS: 5 calls, 0 of them writes; GitHub: 1 calls')
  })
})
