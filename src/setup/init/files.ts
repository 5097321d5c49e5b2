/** The files that `init` writes, from what the repository says and what only a person knows. */
import { withLayerIds } from './layer-ids.js'
import { CodedError } from '../../model/errors.js'
import type { FoundLayer, InitFacts } from './facts.js'
import { workflowText } from './workflow.js'

/** What no repository says. `null`: not given. */
export interface InitAnswers {
  readonly sandboxAccount: string | null
  readonly productionAccount: string | null
  readonly regions: readonly string[]
  /** Overrides what the repository says. */
  readonly runtime: string | null
  /** The action as a workflow names it: `owner/name@ref`. */
  readonly action: string
}

export interface GeneratedFile {
  readonly path: string
  readonly text: string
}

export const configPath = '.github/layer-deploy.yml'
export const workflowPath = '.github/workflows/layers.yml'

/**
 * The configuration and the workflow.
 * @throws CodedError CONFIG_INVALID naming everything that is still missing, and how to give it
 */
export function initFiles(facts: InitFacts, answers: InitAnswers): readonly GeneratedFile[] {
  const known = complete(facts, answers)
  return [
    { path: configPath, text: configText(facts.layers, known) },
    { path: workflowPath, text: workflowText(known) }
  ]
}

export interface Known {
  readonly sandboxAccount: string
  readonly productionAccount: string
  readonly regions: readonly string[]
  readonly runtime: string
  readonly sandboxBranch: string
  readonly productionBranch: string
  readonly action: string
}

function complete(facts: InitFacts, answers: InitAnswers): Known {
  const { sandboxAccount, productionAccount, regions, action } = answers
  const runtime = answers.runtime ?? facts.runtime
  const missing = [
    ...(facts.layers.length === 0 ? ['a submodule, or a folder with python/, pyproject.toml or requirements.txt'] : []),
    ...(isAccount(sandboxAccount) ? [] : ['--sandbox-account (12 digits)']),
    ...(isAccount(productionAccount) ? [] : ['--production-account (12 digits)']),
    ...(regions.length === 0 ? ['--region'] : []),
    ...(runtime === null ? ['--runtime (no .python-version and no requires-python says it)'] : [])
  ]
  if (missing.length > 0 || sandboxAccount === null || productionAccount === null || runtime === null) {
    throw new CodedError('CONFIG_INVALID', {
      expected: 'all that a configuration needs, from the repository or the command line',
      found: `nothing for ${missing.join(', ')}`,
      mend: 'give what is named'
    })
  }
  const { sandboxBranch, productionBranch } = facts
  const branches = { sandboxBranch: sandboxBranch ?? 'test', productionBranch: productionBranch ?? 'main' }
  return { sandboxAccount, productionAccount, regions, runtime, action, ...branches }
}

function isAccount(text: string | null): boolean {
  return text !== null && /^\d{12}$/.test(text)
}

function configText(layers: readonly FoundLayer[], known: Known): string {
  const { sandboxAccount, productionAccount, sandboxBranch, productionBranch, runtime } = known
  const environment = (name: string, branch: string, stage: string, accountId: string) => [
    `  ${name}:`,
    `    branch: ${quoted(branch)}`,
    `    stage: ${stage}`,
    `    account-id: ${quoted(accountId)}`,
    `    regions: [${known.regions.join(', ')}]`,
    `    artifact-bucket: ${bucket(accountId, known.regions)}`
  ]
  return `${[
    'version: 1',
    'environments:',
    ...environment('sandbox', sandboxBranch, 'dev', sandboxAccount),
    ...environment('production', productionBranch, 'prod', productionAccount),
    '    promote-from: sandbox',
    'defaults:',
    `  compatible-runtimes: [${runtime}]`,
    'layers:',
    ...withLayerIds(layers).map(({ id, path }) => `  ${id}: { path: ${quoted(path)} }`)
  ].join('\n')}\n`
}

/** Lambda reads only from a bucket in its own region. */
function bucket(accountId: string, regions: readonly string[]): string {
  return quoted(regions.length === 1 ? `${accountId}-code-deployment` : `${accountId}-code-deployment-{region}`)
}

/** A string of JSON is one of YAML. */
export function quoted(text: string): string {
  return /^[A-Za-z][\w./-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text)
}
