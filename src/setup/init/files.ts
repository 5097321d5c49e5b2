/** The files that `init` writes, from what the repository says and what only a person knows. */
import { complete, type InitAnswers } from './answers.js'
import { configLines } from './config-text.js'
import type { InitFacts } from './facts.js'
import { workflowText } from './workflow.js'

export type { InitAnswers } from './answers.js'

export interface GeneratedFile {
  readonly path: string
  readonly text: string
}

export const configPath = '.github/layer-deploy.yml'
export const workflowPath = '.github/workflows/layers.yml'

/**
 * The configuration and the workflow.
 * @throws CodedError CONFIG_INVALID naming everything that is missing or wrong, and how to give it
 */
export function initFiles(facts: InitFacts, answers: InitAnswers): readonly GeneratedFile[] {
  const known = complete(facts, answers)
  const config = configLines(facts.layers, known).map(({ text }) => `${text}\n`)
  return [
    { path: configPath, text: config.join('') },
    { path: workflowPath, text: workflowText(known) }
  ]
}
