/** `npm run pictures`: docs/pictures from the demo. Run it when a test says that a picture shows what is no longer written. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pageDocument } from '../demo/page.js'
import { findBrowser, photograph } from './browser.js'
import { sha256, shownByTheDemo, textDigest, type Shown } from './shown.js'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'docs/pictures')
/** CSS pixels: as wide as a comment on GitHub. */
const width = 880
const scale = 1.3

async function main(): Promise<void> {
  const browser = await findBrowser()
  const mermaid = await readFile(join(root, 'node_modules/mermaid/dist/mermaid.min.js'), 'utf8')
  const scratch = await mkdtemp(join(tmpdir(), 'pictures-'))
  try {
    const record: Record<string, { picture: string; text: string }> = {}
    await mkdir(folder, { recursive: true })
    for (const shown of await shownByTheDemo()) {
      const page = join(scratch, `${shown.name}.html`)
      const output = join(folder, `${shown.name}.png`)
      await writeFile(page, pageOf(shown, mermaid))
      await photograph({ browser, scratch, page, width, scale, output })
      const picture = await readFile(output)
      record[shown.name] = { picture: sha256(picture), text: textDigest(shown.markdown) }
      console.log(`docs/pictures/${shown.name}.png   ${Math.ceil(picture.length / 1000)} kB`)
    }
    await writeFile(join(folder, 'pictures.json'), `${JSON.stringify(record, null, 2)}\n`)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** `data-height` is for the photographer. Text that is folded away on GitHub is folded away here, too. */
function pageOf({ name, html }: Shown, mermaid: string): string {
  const margins = '<style>body{padding:1px 16px}.box{box-shadow:none}</style>'
  const tellHeight = `<script>addEventListener('load',()=>setTimeout(()=>{document.body.dataset.height=Math.ceil(document.documentElement.getBoundingClientRect().height)},3000))</script>`
  return pageDocument({ title: name, body: `${margins}${html}${tellHeight}`, mermaid })
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
