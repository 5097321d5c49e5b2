/** What the pictures of the documentation show: what the demo's runs wrote, as GitHub renders it. */
import { createHash } from 'node:crypto'
import { openPlainExample, tellToProduction } from '../demo/example-story.js'
import { narrator, type Chapter } from '../demo/narrator.js'
import { commentBox, summaryBox } from '../demo/page.js'

export interface Shown {
  /** File name without its ending. */
  readonly name: 'comment' | 'summary'
  /** As the run wrote it. */
  readonly markdown: string
  /** HTML of the body. */
  readonly html: string
}

/** Runs the demo's first half, without an installer: what is shown is the same on every machine. */
export async function shownByTheDemo(): Promise<readonly Shown[]> {
  const { world, installer } = await openPlainExample()
  try {
    const story = narrator(world.aws, world.github, () => undefined)
    await tellToProduction({ world, installer }, story)
    const [, sandbox] = story.chapters
    const production = story.chapters.at(-1)
    if (sandbox?.comment == null || production === undefined) throw new Error('the demo wrote no comment')
    return [commentOf(sandbox.comment), summaryOf(production)]
  } finally {
    await world.close()
  }
}

function commentOf(comment: NonNullable<Chapter['comment']>): Shown {
  return { name: 'comment', markdown: comment.body, html: commentBox(comment) }
}

function summaryOf({ summary }: Chapter): Shown {
  return { name: 'summary', markdown: summary, html: summaryBox(summary) }
}

/** SHA-256 of the text; digests and commits in it count as such, not by their value. */
export function textDigest(markdown: string): string {
  return sha256(markdown.replace(/\b[0-9a-f]{7,64}\b/g, 'digest'))
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
