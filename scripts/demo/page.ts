/** The story as one self-contained page: comments, summaries and the resulting AWS state as a reader would see them. */
import { escape, markdown } from './markdown.js'
import { callsText, type Chapter } from './narrator.js'
import { pageStyle } from './page-style.js'

export interface AccountView {
  readonly accountId: string
  readonly region: string
  readonly layers: readonly {
    readonly name: string
    readonly version: number
    readonly arn: string
    readonly sizeBytes: number
    /** Base64, as AWS Lambda states it. */
    readonly codeSha256: string
  }[]
  readonly stacks: readonly {
    readonly name: string
    readonly status: string
    readonly tags: Readonly<Record<string, string>>
  }[]
  readonly objects: readonly { readonly address: string; readonly sizeBytes: number }[]
}

export interface PageContent {
  readonly title: string
  /** What the story is about, in a few sentences. */
  readonly lead: string
  readonly chapters: readonly Chapter[]
  readonly accounts: readonly AccountView[]
  readonly mermaid: string
}

interface PageDocument {
  readonly title: string
  readonly body: string
  /** Source of mermaid's browser build. */
  readonly mermaid: string
}

/** First of all: a reader must not take an emulator's answer for AWS's. */
const about = `<dl class="about"><dt>Real</dt><dd>the action's bundle as a runner starts it, git with its submodules, pip where a framework is installed, the archives, digests, comments, summaries and statuses, byte by byte.</dd>
<dt>Emulated</dt><dd>AWS (accounts, S3, Lambda, CloudFormation, IAM), GitHub (REST, checked against its own description) and the runner, all on this machine. No account was asked, nothing left this machine; account ids are those of AWS's documentation.</dd></dl>`

export function renderPage({ title, lead, chapters, accounts, mermaid }: PageContent): string {
  const contents = [...chapters.map(chapter => chapter.title), 'What AWS holds now']
    .map((text, index) => `<li><a href="#s${index + 1}">${escape(text)}</a></li>`)
    .join('')
  const body = chapters.map((chapter, index) => section(index + 1, chapter)).join('\n')
  return pageDocument({
    ...{ title, mermaid },
    body: `<main><h1>${escape(title)}</h1>${about}<p class="lead">${escape(lead)}</p><ol class="contents">${contents}</ol>
${body}
<section id="s${chapters.length + 1}"><h2>What AWS holds now</h2>${accounts.map(accountView).join('\n')}</section>
</main>`
  })
}

/** `body` is HTML; diagrams in it are drawn by the library, nothing is loaded. */
export function pageDocument({ title, body, mermaid }: PageDocument): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><style>${pageStyle}</style></head>
<body>${body}
<script>${scriptText(mermaid)}</script>
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
<ul class="claims">${chapter.claims.map(({ text, holds }) => `<li${holds ? '' : ' class="broken"'}>${escape(text)}</li>`).join('')}</ul>
<p class="calls">${escape(callsText(chapter))}</p>
${chapter.annotations.map(({ level, message }) => `<p class="annotation ${level}"><b>${level}</b> ${escape(message)}</p>`).join('')}
${chapter.terminal === null ? '' : box('<b>Terminal</b>', terminalText(chapter.terminal))}
${chapter.comment === null ? '' : commentBox(chapter.comment)}
${statuses === '' ? '' : box('<b>Commit statuses</b>', `<ul class="statuses">${statuses}</ul>`)}
${chapter.summary === '' ? '' : summaryBox(chapter.summary)}
</section>`
}

function terminalText({ command, output }: NonNullable<Chapter['terminal']>): string {
  return `<pre><b>$ ${escape(command)}</b>\n${escape(output.trimEnd())}</pre>`
}

/** Inside a script element only these two can end it or change how it is read (HTML Standard, "Restrictions for contents of script elements"). */
function scriptText(source: string): string {
  return source.replace(/<\/script/gi, '<\\/script').replaceAll('<!--', '\\x3C!--')
}

export function commentBox(comment: NonNullable<Chapter['comment']>): string {
  return box(commentHead(comment), markdown(comment.body))
}

/** @param summary Markdown */
export function summaryBox(summary: string): string {
  return box('<b>Job summary</b>', markdown(summary))
}

function commentHead({ author, number, edited }: NonNullable<Chapter['comment']>): string {
  const login = author.replace(/\[bot\]$/, '')
  const bot = login === author ? '' : '<span class="bot">bot</span>'
  return `<b>${escape(login)}</b>${bot} ${edited ? 'edited its comment' : 'commented'} on pull request #${number}`
}

/** `head` and `body` are HTML. */
function box(head: string, body: string): string {
  return `<div class="box"><div class="head">${head}</div><div class="body">${body}</div></div>`
}

function accountView(account: AccountView): string {
  const { accountId, region, layers, stacks, objects } = account
  const empty = layers.length + stacks.length + objects.length === 0
  const layerRows = layers.map(({ name, version, arn, sizeBytes, codeSha256 }) => [
    ...[escape(name), String(version), `<code>${escape(arn)}</code>`, `${sizeBytes} bytes`],
    `<span class="digest">${escape(codeSha256)}</span>`
  ])
  const stackRows = stacks.map(({ name, status, tags }) => [escape(name), escape(status), tagList(tags)])
  const objectRows = objects.map(({ address, sizeBytes }) => [
    `<span class="digest">${escape(address)}</span>`,
    `${sizeBytes} bytes`
  ])
  return `<h3>Account ${escape(accountId)}, ${escape(region)}</h3>${empty ? '<p>Nothing.</p>' : ''}
${table(['Layer', 'Version', 'ARN', 'Zip', 'CodeSha256'], layerRows)}
${table(['Stack', 'Status', 'Tags'], stackRows)}
${table(['Object in the artifact bucket', 'Size'], objectRows)}`
}

function tagList(tags: Readonly<Record<string, string>>): string {
  const entries = Object.entries(tags).map(
    ([key, value]) => `<dt>${escape(key)}</dt><dd class="digest">${escape(value)}</dd>`
  )
  return `<dl class="tags">${entries.join('')}</dl>`
}

/** Cells are HTML. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const cells = (tag: string, row: readonly string[]): string => row.map(cell => `<${tag}>${cell}</${tag}>`).join('')
  const body = rows.map(row => `<tr>${cells('td', row)}</tr>`).join('')
  return `<div class="scroll"><table><thead><tr>${cells('th', head)}</tr></thead><tbody>${body}</tbody></table></div>`
}
