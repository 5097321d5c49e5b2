/** The entry of each error code: what it means, how to look, how to fix, what was written, one line of a run. */
import { configProblems } from '../../../src/config/load.js'
import { errorLine, type ErrorCode, type Finding } from '../../../src/model/errors.js'
import { contentErrors } from './contents.js'
import { failureErrors } from './failures.js'
import { guardErrors } from './guards.js'

export interface ErrorHelp {
  /** Where to look, best with a command. */
  readonly look: string
  readonly fix: string
  /** What is in AWS or on disk after it. */
  readonly written: string
  /** `null`: the line is not written by hand but asked of the code. */
  readonly example: Finding | null
}

/** The compiler refuses a code that is in none of the three, or that no code is called. */
export const errorHelp: Readonly<Record<ErrorCode, ErrorHelp>> = { ...failureErrors, ...guardErrors, ...contentErrors }

export function errorSection(meanings: Readonly<Record<ErrorCode, string>>): string {
  const codes = Object.keys(meanings) as ErrorCode[]
  return codes.map(errorCode => entry(errorCode, meanings[errorCode])).join('\n\n')
}

function entry(errorCode: ErrorCode, meaning: string): string {
  const { look, fix, written } = errorHelp[errorCode]
  return [
    `### ${errorCode}`,
    meaning,
    [`- **Look:** ${look}`, `- **Fix:** ${fix}`, `- **Written:** ${written}`].join('\n'),
    `\`\`\`text\n${exampleLine(errorCode)}\n\`\`\``
  ].join('\n\n')
}

export function exampleLine(errorCode: ErrorCode): string {
  const { example } = errorHelp[errorCode]
  return example === null ? configExample() : errorLine(errorCode, example)
}

/** Not written by hand: what the action says about this very text. */
function configExample(): string {
  const text = 'version: 1\nenvironments:\n  sandbox:\n    brnch: test\n'
  const problem = configProblems(text, '.github/layer-deploy.yml').find(({ message }) => message.includes('brnch'))
  if (problem === undefined) throw new Error('an unknown key is no longer a problem of the configuration')
  return problem.message
}
