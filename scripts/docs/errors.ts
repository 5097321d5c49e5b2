/** The list of error codes with an example line each, where one helps. */
import { configProblems } from '../../src/config/load.js'
import type { ErrorCode, Finding } from '../../src/model/errors.js'
import { errorLine } from '../../src/model/errors.js'

type Meanings = Readonly<Record<string, string>>

export function errorSection(meanings: Meanings): string {
  return [...Object.entries(meanings).map(([errorCode, meaning]) => entry(errorCode, meaning))].join('\n\n')
}

function entry(errorCode: string, meaning: string): string {
  const example = exampleLine(errorCode)
  const shown = example === null ? '' : `\n\n\`\`\`text\n${example}\n\`\`\``
  return `### ${errorCode}\n\n${meaning}${shown}`
}

function exampleLine(errorCode: string): string | null {
  if (errorCode === 'CONFIG_INVALID') return configExample()
  const example = examples[errorCode as ErrorCode]
  return example === undefined ? null : errorLine(errorCode as ErrorCode, example)
}

/** Not written by hand: what the action says about this very text. */
function configExample(): string {
  const text = 'version: 1\nenvironments:\n  sandbox:\n    brnch: test\n'
  return (
    configProblems(text, '.github/layer-deploy.yml').find(({ message }) => message.includes('brnch'))?.message ?? ''
  )
}

const examples: Partial<Record<ErrorCode, Finding>> = {
  CONFIG_NOT_FOUND: {
    expected: 'a configuration at .github/layer-deploy.yml',
    found: 'no such file',
    mend: 'add the file, or set the input config to its path'
  },
  ACCOUNT_MISMATCH: {
    expected: 'credentials of account 444455556666 for the environment production',
    found: 'account 111122223333',
    mend: 'assume a role of account 444455556666 in the job that deploys production'
  },
  REGION_NOT_ALLOWED: {
    expected: 'one of the regions us-east-2 of the environment sandbox',
    found: 'eu-west-1',
    mend: 'add the region to the environment, or correct the input regions'
  },
  STACK_NOT_OURS: {
    expected: 'the stack prod-da-flask-layer to bear the tag layer-deploy:repository of this repository',
    found: 'no such tag',
    mend: 'choose another stack-name, or delete the stack'
  },
  SOURCE_NOT_CHECKED_OUT: {
    expected: 'the submodule da_flask to be checked out',
    found: 'an empty folder',
    mend: 'set submodules: recursive in actions/checkout, or leave the input submodules at auto'
  }
}
