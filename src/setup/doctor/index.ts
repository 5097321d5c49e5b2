/** `doctor`: looks at everything that a deploy relies on, changes nothing, and says of each thing how to mend it. */
import { unknownEnvironment } from '../../model/naming/nearest.js'
import { CodedError, furtherProblems } from '../../model/errors.js'
import type { Config } from '../../model/index.js'
import type { GitHub } from '../../ports/github.js'
import type { WorkingFiles } from '../../ports/process.js'
import { checkAccount, type AccountPorts } from './check-account.js'
import { checkCheckout, layersOverSsh, type CheckoutPorts } from './check-checkout.js'
import { checkProtection, type ProtectionPorts, checkToken } from './check-github.js'
import { ok, problem, type Finding } from './finding.js'
import { checkWorkflows } from './workflows/check-workflows.js'
import type { WorkflowFile } from './workflows/read-workflow.js'

export { findingLine, type Finding } from './finding.js'

export interface DoctorPorts extends CheckoutPorts {
  readonly files: WorkingFiles
  readonly github: (Pick<GitHub, 'listStatuses' | 'deployments'> & ProtectionPorts) | null
  /** For the account and region of the environment looked at; `config` is `null` where none could be read. */
  readonly account: (config: Config) => AccountPorts
}

/**
 * @param loadConfig throws CodedError CONFIG_NOT_FOUND or CONFIG_INVALID: the other checks still run
 * @param environment only this one; `null`: all
 */
export async function doctor(
  ports: DoctorPorts,
  loadConfig: () => Promise<Config>,
  environment: string | null
): Promise<readonly Finding[]> {
  const { config, findings } = await configuration(loadConfig, environment)
  const head = await ports.git.headCommit().catch(() => null)
  const layers = config?.layers ?? []
  const [checkout, sshLayers, account, protection, token, workflows] = await Promise.all([
    checkCheckout(ports, layers),
    head === null ? [] : layersOverSsh(ports, layers),
    config === null ? [] : checkAccount(ports.account(config), config, environment),
    config === null ? [] : checkProtection(ports.github, config, environment),
    checkToken(ports.github, head),
    workflowFiles(ports.files)
  ])
  const gated = config?.environments.some(({ requiredChecks }) => (requiredChecks ?? null) !== null) ?? false
  return [
    ...[...findings, ...checkout, ...account, ...token, ...protection],
    ...checkWorkflows(workflows, { sshLayers, gated })
  ]
}

async function configuration(
  loadConfig: () => Promise<Config>,
  environment: string | null
): Promise<{ readonly config: Config | null; readonly findings: readonly Finding[] }> {
  const check = 'configuration'
  try {
    const config = await loadConfig()
    const names = config.environments.map(({ name }) => name)
    if (environment !== null && !names.includes(environment)) {
      const found = `no environment ${JSON.stringify(environment)}`
      const { mend } = unknownEnvironment(environment, config.environments, `name one of ${names.join(', ')}`)
      return { config: null, findings: [problem(check, found, mend)] }
    }
    const summary = `${counted(names.length, 'environment')} (${names.join(', ')}), ${counted(config.layers.length, 'layer')}`
    return { config, findings: [ok(check, summary)] }
  } catch (error) {
    if (!(error instanceof CodedError) || error.code === 'INTERNAL') throw error
    return { config: null, findings: [error, ...furtherProblems(error)].map(each => configurationProblem(each)) }
  }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function configurationProblem({ code, finding, location }: CodedError): Finding {
  const place = location === undefined ? '' : `${location.file}:${location.line}:${location.column}: `
  return problem('configuration', `${place}${code}: Expected ${finding.expected}, found ${finding.found}`, finding.mend)
}

async function workflowFiles(files: WorkingFiles): Promise<readonly WorkflowFile[]> {
  const folder = '.github/workflows'
  const names = (await files.list(folder)).filter(name => /\.ya?ml$/.test(name))
  const texts = await Promise.all(
    names.map(async name => ({ path: `${folder}/${name}`, text: await files.read(`${folder}/${name}`) }))
  )
  return texts.flatMap(({ path, text }) => (text === null ? [] : [{ path, text }]))
}
