/** Tells the story in the terminal while it happens, and keeps it for the page. */
import type { GitHubEmulator } from '../../emulators/github/index.js'
import type { AwsEmulator } from '../../emulators/aws/index.js'
import type { Annotation, RunOutcome } from '../../emulators/runner/index.js'

/** A command that a person typed, and what it answered. */
interface TerminalView {
  readonly command: string
  readonly output: string
}

/** What a step leaves: a run of the action, or a command in a terminal. */
export type StepOutcome = Pick<RunOutcome, 'summary' | 'annotations' | 'log' | 'stderr'> & {
  readonly terminal?: TerminalView
}

/** What one run of the action left behind, as a reader would see it on GitHub. */
export interface Chapter {
  readonly title: string
  /** What the step claims, and whether it is true. */
  readonly claims: readonly Claim[]
  /** `body` is Markdown; `null`: no comment was written in this step. */
  readonly comment: {
    readonly author: string
    /** Of the pull request. */
    readonly number: number
    readonly edited: boolean
    readonly body: string
  } | null
  /** Markdown. */
  readonly summary: string
  readonly terminal: TerminalView | null
  readonly statuses: readonly { readonly context: string; readonly state: string; readonly description: string }[]
  readonly annotations: readonly Annotation[]
  readonly awsCalls: number
  readonly awsWrites: number
  /** `s3:PutObject × 2`, in the order of their first call. */
  readonly writeActions: readonly string[]
  readonly githubCalls: number
}

export interface Claim {
  readonly text: string
  readonly holds: boolean
}

export interface Narrator {
  readonly chapters: readonly Chapter[]
  /** Runs one step, prints it, and checks its claims. @throws Error naming the claim that does not hold */
  readonly step: <Outcome extends StepOutcome>(
    title: string,
    run: () => Promise<Outcome>,
    claims: (outcome: Outcome) => readonly Claim[]
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
        claims,
        comment:
          changed === undefined
            ? null
            : {
                ...{ author: changed.author, number: changed.issueNumber, body: changed.body },
                edited: comments.has(changed.id)
              },
        summary: outcome.summary,
        terminal: outcome.terminal ?? null,
        statuses: github.state.statuses.slice(before.statuses).map(({ context, state, description }) => ({
          ...{ context, state, description: description ?? '' }
        })),
        annotations: outcome.annotations,
        awsCalls: aws.calls.length,
        awsWrites: aws.writes().length,
        writeActions: counted(aws.writes().map(({ action }) => action)),
        githubCalls: github.calls.length - before.calls
      }
      chapters.push(chapter)
      for (const { text, holds } of claims) print(`   ${holds ? green('✓') : red('✗')} ${text}`)
      for (const text of terminalLines(chapter.terminal)) print(`   ${text}`)
      for (const { level, message } of chapter.annotations) print(`   ${level === 'error' ? red(message) : message}`)
      print(`   ${callsText(chapter)}`)
      const broken = claims.find(({ holds }) => !holds)
      if (broken === undefined) return
      throw new Error(`the demo's claim does not hold: ${broken.text}\n${outcome.log.join('\n')}\n${outcome.stderr}`)
    }
  }
}

function terminalLines(terminal: TerminalView | null): readonly string[] {
  return terminal === null ? [] : [`$ ${terminal.command}`, ...terminal.output.trimEnd().split('\n')]
}

export function callsText(chapter: Pick<Chapter, 'awsCalls' | 'awsWrites' | 'writeActions' | 'githubCalls'>): string {
  const writes = `${chapter.awsWrites} of them writes`
  const actions = chapter.writeActions.length === 0 ? '' : ` (${chapter.writeActions.join(', ')})`
  return `AWS: ${chapter.awsCalls} calls, ${writes}${actions}; GitHub: ${chapter.githubCalls} calls`
}

function counted(words: readonly string[]): readonly string[] {
  return [...new Set(words)].map(word => {
    const count = words.filter(each => each === word).length
    return count === 1 ? word : `${word} × ${count}`
  })
}

const colour = process.stdout.isTTY && process.env['NO_COLOR'] === undefined
const paint = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
export const bold = paint(1)
const green = paint(32)
export const red = paint(31)
