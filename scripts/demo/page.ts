/** The story as one self-contained page: comments, summaries and the resulting AWS state as a reader would see them. */
import { Marked } from 'marked'
import type { Chapter } from './narrator.js'

export interface AccountView {
  readonly accountId: string
  readonly region: string
  readonly layers: readonly {
    readonly name: string
    readonly version: number
    readonly arn: string
    readonly sizeBytes: number
  }[]
  readonly stacks: readonly {
    readonly name: string
    readonly status: string
    readonly tags: Readonly<Record<string, string>>
  }[]
  readonly objects: readonly string[]
}

export interface PageContent {
  readonly title: string
  readonly chapters: readonly Chapter[]
  readonly accounts: readonly AccountView[]
  /** Source of mermaid's browser build. */
  readonly mermaid: string
}

export function renderPage({ title, chapters, accounts, mermaid }: PageContent): string {
  const contents = [...chapters.map(chapter => chapter.title), 'What AWS holds now']
    .map((text, index) => `<li><a href="#s${index + 1}">${escape(text)}</a></li>`)
    .join('')
  const body = chapters.map((chapter, index) => section(index + 1, chapter)).join('\n')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><style>${style}</style></head>
<body><main><h1>${escape(title)}</h1><ol class="contents">${contents}</ol>
${body}
<section id="s${chapters.length + 1}"><h2>What AWS holds now</h2>${accounts.map(accountView).join('\n')}</section>
</main>
<script>${mermaid.replaceAll('</script', '<\\/script')}</script>
<script>mermaid.initialize({startOnLoad:true,securityLevel:'strict',theme:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'default'})</script>
</body></html>
`
}

function section(number: number, chapter: Chapter): string {
  const statuses = chapter.statuses
    .map(
      ({ context, state, description }) =>
        `<li><b class="${state}">${escape(state)}</b> <code>${escape(context)}</code> ${escape(description)}</li>`
    )
    .join('')
  return `<section id="s${number}"><h2>${number}. ${escape(chapter.title)}</h2>
<ul class="claims">${chapter.claims.map(claim => `<li>${escape(claim)}</li>`).join('')}</ul>
<p class="calls">AWS: ${chapter.awsCalls} calls, <b>${chapter.awsWrites} writes</b> · GitHub: ${chapter.githubCalls} calls</p>
${chapter.errors.map(error => `<p class="error">${escape(error)}</p>`).join('')}
${chapter.comment === null ? '' : box('github-actions commented on the pull request', markdown(chapter.comment))}
${statuses === '' ? '' : box('Commit statuses', `<ul class="statuses">${statuses}</ul>`)}
${chapter.summary === '' ? '' : box('Job summary', markdown(chapter.summary))}
</section>`
}

function box(title: string, html: string): string {
  return `<div class="box"><div class="head">${escape(title)}</div><div class="body">${html}</div></div>`
}

function accountView(account: AccountView): string {
  const layers = account.layers.map(({ name, version, arn, sizeBytes }) => [
    name,
    String(version),
    arn,
    `${sizeBytes} B`
  ])
  const stacks = account.stacks.map(({ name, status, tags }) => [
    name,
    status,
    Object.entries(tags)
      .map(([key, value]) => `${key}=${value}`)
      .join('\n')
  ])
  return `<h3>Account ${escape(account.accountId)}, ${escape(account.region)}</h3>
${table(['Layer', 'Version', 'ARN', 'Zip'], layers)}
${table(['Stack', 'Status', 'Tags'], stacks)}
${table(
  ['Object'],
  account.objects.map(key => [key])
)}`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const cells = (tag: string, row: readonly string[]) => row.map(cell => `<${tag}>${escape(cell)}</${tag}>`).join('')
  return `<div class="scroll"><table><thead><tr>${cells('th', head)}</tr></thead><tbody>${rows.map(row => `<tr>${cells('td', row)}</tr>`).join('')}</tbody></table></div>`
}

const marked = new Marked({
  gfm: true,
  renderer: {
    code: ({ text, lang }) =>
      lang === 'mermaid' ? `<pre class="mermaid">${escape(text)}</pre>` : `<pre><code>${escape(text)}</code></pre>`
  }
})

/** Tables scroll by themselves, so that a phone does not have to scroll the page. */
export function markdown(text: string): string {
  const html = marked.parse(text, { async: false })
  return html.replaceAll('<table>', '<div class="scroll"><table>').replaceAll('</table>', '</table></div>')
}

export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const style = `
:root{--fg:#1f2328;--bg:#fff;--soft:#f6f8fa;--line:#d1d9e0;--link:#0969da;--ok:#1a7f37;--bad:#d1242f;--wait:#9a6700}
@media(prefers-color-scheme:dark){:root{--fg:#f0f6fc;--bg:#0d1117;--soft:#151b23;--line:#3d444d;--link:#4493f8;--ok:#3fb950;--bad:#f85149;--wait:#d29922}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 -apple-system,"Segoe UI",Helvetica,Arial,sans-serif}
main{max-width:1000px;margin:0 auto;padding:24px 16px 80px}a{color:var(--link)}h2{margin-top:48px;padding-bottom:.3em;border-bottom:1px solid var(--line)}
code,pre{font:85% ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--soft);border-radius:6px}code{padding:.2em .4em;overflow-wrap:anywhere}
pre{padding:12px;overflow:auto}pre.mermaid{background:none;text-align:center}
.box{border:1px solid var(--line);border-radius:6px;margin:16px 0;overflow:hidden}.head{background:var(--soft);border-bottom:1px solid var(--line);padding:8px 16px;font-weight:600;font-size:14px}.body{padding:0 16px}
.scroll{overflow-x:auto;margin:12px 0}table{border-collapse:collapse;font-size:14px}th,td{border:1px solid var(--line);padding:6px 12px;text-align:left;vertical-align:top;white-space:pre-line}tr:nth-child(2n){background:var(--soft)}
td code{white-space:nowrap}.claims{list-style:none;padding:0}.claims li::before{content:"✓ ";color:var(--ok);font-weight:700}.calls{color:var(--fg);opacity:.75;font-size:14px}
.error{border-left:4px solid var(--bad);background:var(--soft);padding:12px 16px;font:14px ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.statuses{list-style:none;padding:0}.success{color:var(--ok)}.failure,.error b{color:var(--bad)}b.error{color:var(--bad)}.pending{color:var(--wait)}`
