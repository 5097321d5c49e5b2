/** The pages of the repository as a reader meets them: their links, headings and commands. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** Every page that a reader of the product may want, relative to the root. */
export function allPages(): readonly string[] {
  const ofDocs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map(name => `docs/${name}`)
  return [...readdirSync(root), ...ofDocs, 'bench/README.md'].filter(name => name.endsWith('.md')).sort()
}

export function textOf(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}

export interface TypedCommand {
  /** Continued lines in one; a loop is one command. */
  readonly text: string
  /** Inline code that only names a command: `layer-deploy plan`. */
  readonly isMention: boolean
}

/** What a page tells its reader to type, in order: the lines of its shell fences, and inline code that begins with a program. */
export function typedCommands(text: string): readonly TypedCommand[] {
  const found = text.matchAll(/^ *```(\w*)[^\n]*\n([^]*?)^ *```$|`([^`\n]+)`/gm)
  return [...found].flatMap(([, language, body = '', inline = '']) => {
    if (language === 'sh') return linesOf(body).map(line => ({ text: line, isMention: false }))
    const isCommand = /^(layer-deploy|\.\/deploy|aws|gh) ./.test(inline) || inline.startsWith('npm run demo')
    const words = inline.split(/\s+/).length
    return isCommand ? [{ text: inline, isMention: words < (inline.startsWith('aws ') ? 4 : 3) }] : []
  })
}

function linesOf(body: string): readonly string[] {
  const lines = body.replaceAll(/\\\n\s*/g, '').split('\n')
  const commands: string[] = []
  let isInLoop = false
  for (const line of lines.map(each => each.trim()).filter(each => each !== '' && !each.startsWith('#'))) {
    if (isInLoop) commands.push(`${commands.pop() ?? ''}\n${line}`)
    else commands.push(line.replace(/\s+# .*$/, ''))
    if (/^(for|while) /.test(line)) isInLoop = true
    if (line === 'done') isInLoop = false
  }
  return commands
}

/** Targets of the links of a page that lead into the repository; `null` path: the page itself. */
export function linksOf(page: string): readonly { readonly path: string; readonly anchor: string }[] {
  return [...prose(textOf(page)).matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter(target => !/^[a-z]+:/i.test(target))
    .map(target => {
      const [path = '', anchor = ''] = target.split('#')
      return { path: path === '' ? page : normalize(join(dirname(page), path)).replace(/\/$/, ''), anchor }
    })
}

/** Pictures that a page shows, with the words that stand for them. */
export function picturesOf(page: string): readonly { readonly path: string; readonly text: string }[] {
  return [...prose(textOf(page)).matchAll(/!\[([^\]]*)\]\(([^()\s]+)\)/g)].map(([, text = '', path = '']) => ({
    ...{ path: normalize(join(dirname(page), path)), text }
  }))
}

/** GitHub's rule: lower case, punctuation away, blanks to hyphens, a number for a heading that is there already. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>()
  const headings = [...withoutFences(textOf(page)).matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = '']) => heading)
  return new Set(
    headings.map(heading => {
      const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
      const slug = plain.replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, '').replaceAll(' ', '-')
      const count = seen.get(slug) ?? 0
      seen.set(slug, count + 1)
      return count === 0 ? slug : `${slug}-${count}`
    })
  )
}

/** The pages that are one click away; a folder shows what it holds. */
export function pagesFrom(place: string): readonly string[] {
  if (!statSync(join(root, place)).isDirectory()) return linksOf(place).map(({ path }) => path)
  return readdirSync(join(root, place)).map(name => `${place}/${name}`)
}

function withoutFences(text: string): string {
  return text.replace(/^ *```[^]*?^ *```$/gm, '')
}

function prose(text: string): string {
  return withoutFences(text).replace(/`[^`\n]*`/g, 'code')
}
