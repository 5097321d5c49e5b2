/** Tells the story in the terminal while it happens, and keeps it for the page. */
import type { GitHubEmulator } from '../../emulators/github/index.js'
import type { AwsEmulator } from '../../emulators/aws/index.js'
import type { RunOutcome } from '../../emulators/runner/index.js'

/** What one run of the action left behind, as a reader would see it on GitHub. */
export interface Chapter {
  readonly title: string
  /** What the step claims and has shown to be true. */
  readonly claims: readonly string[]
  /** Markdown; `null`: no comment was written in this step. */
  readonly comment: string | null
  /** Markdown. */
  readonly summary: string
  readonly statuses: readonly { readonly context: string; readonly state: string; readonly description: string }[]
  readonly errors: readonly string[]
  readonly awsCalls: number
  readonly awsWrites: number
  readonly githubCalls: number
}

export interface Claim {
  readonly text: string
  readonly holds: boolean
}

export interface Narrator {
  readonly chapters: readonly Chapter[]
  /** Runs one step, prints it, and checks its claims. @throws Error naming the claim that does not hold */
  readonly step: (
    title: string,
    run: () => Promise<RunOutcome>,
    claims: (outcome: RunOutcome) => readonly Claim[]
  ) => Promise<void>
}

export function narrator(aws: AwsEmulator, github: GitHubEmulator, print: (line: string) => void): Narrator {
  const chapters: Chapter[] = []
  return {
    chapters,
    step: async (title, run, claimsOf) => {
      print(`\n${bold(`${chapters.length + 1}. ${title}`)}`)
      const before = { statuses: github.state.statuses.length, calls: github.calls.length }
      const comments = new Map(github.state.comments.map(({ id, body }) => [id, body]))
      aws.resetCalls()
      const outcome = await run()
      const claims = claimsOf(outcome)
      const changed = github.state.comments.find(({ id, body }) => comments.get(id) !== body)
      const chapter: Chapter = {
        title,
        claims: claims.map(({ text }) => text),
        comment: changed?.body ?? null,
        summary: outcome.summary,
        statuses: github.state.statuses.slice(before.statuses).map(({ context, state, description }) => ({
          ...{ context, state, description: description ?? '' }
        })),
        errors: outcome.annotations.filter(({ level }) => level === 'error').map(({ message }) => message),
        awsCalls: aws.calls.length,
        awsWrites: aws.writes().length,
        githubCalls: github.calls.length - before.calls
      }
      chapters.push(chapter)
      for (const { text, holds } of claims) print(`   ${holds ? green('✓') : red('✗')} ${text}`)
      for (const error of chapter.errors) print(`   ${red(error)}`)
      print(
        `   AWS: ${chapter.awsCalls} calls, ${chapter.awsWrites} of them writes; GitHub: ${chapter.githubCalls} calls`
      )
      const broken = claims.find(({ holds }) => !holds)
      if (broken === undefined) return
      throw new Error(`the demo's claim does not hold: ${broken.text}\n${outcome.log.join('\n')}\n${outcome.stderr}`)
    }
  }
}

const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
const paint = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
export const bold = paint(1)
export const green = paint(32)
export const red = paint(31)
