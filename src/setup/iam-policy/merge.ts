/** What an earlier run wrote: its roles stay in the template, whatever the next run is asked for. Pure. */
import { parse } from 'yaml'
import { CodedError } from '../../model/errors.js'
import type { Config } from '../../model/index.js'
import { iamPolicyFiles, type GeneratedFile, type IamPolicyOptions } from './index.js'
import { purposes as allPurposes, type Purpose } from './permissions.js'

type Json = Readonly<Record<string, unknown>>

/** Text of a file that is there, by the paths of `iamPolicyFiles`; `null`: none. */
export type ReadExisting = (path: string) => Promise<string | null>

/**
 * The files of every environment that was asked for, with the purposes that its template has already.
 * @throws CodedError FILE_EXISTS for files that no earlier run wrote, CONFIG_INVALID as `iamPolicy`
 */
export async function mergedFiles(
  config: Config,
  options: IamPolicyOptions,
  read: ReadExisting
): Promise<readonly GeneratedFile[]> {
  const names = options.environments ?? config.environments.map(({ name }) => name)
  const files: GeneratedFile[] = []
  for (const name of names) {
    const path = `${name}/access.template.yml`
    const text = await read(path)
    const earlier = text === null ? null : earlierRun(text)
    if (text !== null && earlier === null) throw foreign(path, 'one that this command did not write')
    if (earlier !== null && earlier.for !== options.for) throw foreign(path, `one for a ${earlier.for}`)
    const asked = new Set([...(options.purposes ?? ['plan', 'deploy']), ...(earlier?.purposes ?? [])])
    const made = iamPolicyFiles(config, {
      ...options,
      environments: [name],
      purposes: allPurposes.filter(purpose => asked.has(purpose)),
      repositoryId: options.repositoryId ?? earlier?.repositoryId ?? null
    })
    if (earlier === null) {
      for (const file of made)
        if ((await read(file.path)) !== null) throw foreign(file.path, 'one without its template')
    }
    files.push(...made)
  }
  return files
}

interface EarlierRun {
  readonly for: 'role' | 'user'
  readonly purposes: readonly Purpose[]
  readonly repositoryId: string | null
}

/** `null`: not a template of ours. */
function earlierRun(text: string): EarlierRun | null {
  const template = readable(text)
  if (!String(template['Description']).startsWith('What layer-deploy-action needs in account ')) return null
  const resources = Object.keys(asJson(template['Resources']))
  const made = allPurposes.filter(purpose => resources.includes(`${titled(purpose)}Policy`))
  const parameters = asJson(template['Parameters'])
  const number = asJson(parameters['RepositoryId'])['Default']
  return {
    for: 'UserName' in parameters ? 'user' : 'role',
    purposes: made,
    repositoryId: typeof number === 'string' || typeof number === 'number' ? String(number) : null
  }
}

function readable(text: string): Json {
  try {
    return asJson(parse(text, { logLevel: 'silent' }) as unknown)
  } catch {
    return {}
  }
}

function titled(purpose: Purpose): string {
  return `${purpose.slice(0, 1).toUpperCase()}${purpose.slice(1)}`
}

function asJson(value: unknown): Json {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : {}
}

function foreign(path: string, found: string): CodedError {
  return new CodedError('FILE_EXISTS', {
    expected: `no file at ${path}, or one that an earlier run of this command wrote`,
    found,
    mend: 'name another folder, or remove the old files first'
  })
}
