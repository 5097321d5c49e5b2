/** What only a person knows, and what follows from it and the repository. Values are judged by the configuration's own schema. */
import { configProblems } from '../../config/load.js'
import { CodedError, errorOfAll } from '../../model/errors.js'
import { configLines, type EnvironmentAnswers, type Known } from './config-text.js'
import type { InitFacts } from './facts.js'

/** What no repository says. `null`: not given. */
export interface InitAnswers {
  readonly sandboxAccount: string | null
  readonly productionAccount: string | null
  readonly regions: readonly string[]
  /** These override what the repository says, or the usual. */
  readonly runtime: string | null
  readonly sandboxBranch?: string | null
  readonly productionBranch?: string | null
  readonly sandboxStage?: string | null
  readonly productionStage?: string | null
  readonly sandboxBucket?: string | null
  readonly productionBucket?: string | null
  /** The action as a workflow names it: `owner/name@ref`. */
  readonly action: string
}

/** Stand in for what is missing, so that the rest is judged all the same. */
const placeholders = { sandbox: '111122223333', production: '444455556666', region: 'us-east-2', runtime: 'python3.12' }

/** @throws CodedError CONFIG_INVALID naming everything that is missing, and every value that no configuration may hold */
export function complete(facts: InitFacts, answers: InitAnswers): Known {
  const runtime = answers.runtime ?? facts.runtime
  const missing = [
    ...(facts.layers.length === 0 ? ['a submodule, or a folder with python/, pyproject.toml or requirements.txt'] : []),
    ...(answers.sandboxAccount === null ? ['--sandbox-account (12 digits)'] : []),
    ...(answers.productionAccount === null ? ['--production-account (12 digits)'] : []),
    ...(answers.regions.length === 0 ? ['--region'] : []),
    ...(runtime === null
      ? ['--runtime (for example python3.12; neither .python-version nor requires-python says it)']
      : [])
  ]
  const regions = answers.regions.length === 0 ? [placeholders.region] : answers.regions
  const known: Known = {
    sandbox: environment('sandbox', answers, facts, regions),
    production: environment('production', answers, facts, regions),
    ...{ regions, runtime: runtime ?? placeholders.runtime, action: answers.action },
    needsSshKey: facts.sshSubmodules.length > 0
  }
  const problems = [
    ...(missing.length === 0
      ? []
      : [
          invalid({
            expected: 'all that a configuration needs, from the repository or the command line',
            found: `nothing for ${missing.join(', ')}`,
            mend: 'add each of them'
          })
        ]),
    ...badValues(facts, known),
    ...badAction(answers.action)
  ]
  if (problems.length > 0) throw errorOfAll(problems)
  return known
}

function environment(
  name: 'sandbox' | 'production',
  answers: InitAnswers,
  facts: InitFacts,
  regions: readonly string[]
): EnvironmentAnswers {
  const isSandbox = name === 'sandbox'
  const account = (isSandbox ? answers.sandboxAccount : answers.productionAccount) ?? placeholders[name]
  const branch = isSandbox
    ? (answers.sandboxBranch ?? facts.sandboxBranch ?? 'test')
    : (answers.productionBranch ?? facts.productionBranch ?? 'main')
  const stage = (isSandbox ? answers.sandboxStage : answers.productionStage) ?? (isSandbox ? 'dev' : 'prod')
  // Lambda reads only from a bucket in its own region.
  const usual = regions.length === 1 ? `${account}-code-deployment` : `${account}-code-deployment-{region}`
  return { account, branch, stage, bucket: (isSandbox ? answers.sandboxBucket : answers.productionBucket) ?? usual }
}

/** The problems of the configuration that would be written, told of the option that each comes from. */
function badValues(facts: InitFacts, known: Known): readonly CodedError[] {
  const lines = configLines(facts.layers.length === 0 ? [{ path: 'layer', kind: 'folder' }] : facts.layers, known)
  const text = lines.map(line => line.text).join('\n')
  // An option stands in both environments: what is wrong with its value is told once.
  const told = new Map<string, CodedError>()
  for (const { finding, location } of configProblems(`${text}\n`, 'layer-deploy.yml')) {
    const option = lines[(location?.line ?? 1) - 1]?.option ?? null
    const problem = `${option ?? finding.expected}: ${finding.found}`
    if (told.has(problem)) continue
    const ofOption = { ...finding, expected: `${finding.expected} for ${option}`, mend: `give ${option} such a value` }
    told.set(problem, invalid(option === null ? finding : ofOption))
  }
  const once = [...told.values()]
  if (known.sandbox.account !== known.production.account) return once
  return [
    ...once,
    invalid({
      expected: 'two accounts, so that what is tried in the sandbox cannot reach production',
      found: `${known.sandbox.account} for --sandbox-account and for --production-account`,
      mend: 'give the account of the other environment, or write .github/layer-deploy.yml by hand for one account'
    })
  ]
}

function badAction(action: string): readonly CodedError[] {
  if (/^[\w-][\w.-]*\/[\w.-]+(\/[\w./-]+)?@[\w./-]+( # \S+)?$/.test(action)) return []
  return [
    invalid({
      expected: 'owner/name@ref for --action',
      found: JSON.stringify(action),
      mend: 'name the repository of the action and a release or commit: --action OWNER/layer-deploy-action@v1'
    })
  ]
}

function invalid(finding: CodedError['finding']): CodedError {
  return new CodedError('CONFIG_INVALID', finding)
}
