import { succeeded, type BuildDependencies, type MachineEnvironment } from '../../command/run-command.js'

/** A setting of pip, and the variable that tells uv the same (uv's documentation, "Environment variables"). */
const uvVariables = {
  'index-url': 'UV_DEFAULT_INDEX',
  'extra-index-url': 'UV_INDEX',
  cert: 'SSL_CERT_FILE',
  'trusted-host': 'UV_INSECURE_HOST'
} as const
type PipSetting = keyof typeof uvVariables

/** Any of these: somebody has told uv where to look. */
const uvIndexVariables = [
  'UV_DEFAULT_INDEX',
  'UV_INDEX',
  'UV_INDEX_URL',
  'UV_EXTRA_INDEX_URL',
  'UV_NO_INDEX',
  'UV_CONFIG_FILE'
]

/**
 * uv reads neither pip's configuration files nor its variables: a runner that is set up for a private index would have uv ask the
 * public one. Gives what uv must be told; nothing where uv has an index of its own.
 */
export async function uvIndexEnvironment(
  python: string,
  environment: MachineEnvironment,
  deps: BuildDependencies
): Promise<Readonly<Record<string, string>>> {
  if (uvIndexVariables.some(name => environment[name] !== undefined)) return {}
  const config = await succeeded([python, '-m', 'pip', 'config', 'list'], deps)
  return uvSettings({ ...pipSettings(config ?? ''), ...pipVariables(environment) }, environment)
}

/** A list that names its index (`-i`, `--index-url`) goes before the machine's with pip; uv would take the variable first. */
export function withIndexOfList(
  environment: Readonly<Record<string, string>>,
  options: readonly string[]
): Readonly<Record<string, string>> {
  if (!options.some(text => /^(-i(?!\w*-)|--index-url)/.test(text))) return environment
  return Object.fromEntries(Object.entries(environment).filter(([name]) => name !== uvVariables['index-url']))
}

/** What `pip config list` prints: `global.index-url='https://…'`. The section of a command goes before the global one, a variable before both. */
export function pipSettings(listed: string): Readonly<Partial<Record<PipSetting, string>>> {
  const settings: Partial<Record<PipSetting, string>> = {}
  for (const section of ['global', 'install', ':env:']) {
    for (const line of listed.split(/\r?\n/)) {
      const [, in_, name, value] = /^([^=]*)\.([a-z-]+)=(?:'(.*)'|"(?:.*)")$/.exec(line) ?? []
      if (in_ === section && isSetting(name) && value !== undefined) settings[name] = words(value.replace(/\\n/g, ' '))
    }
  }
  return settings
}

function pipVariables(environment: MachineEnvironment): Readonly<Partial<Record<PipSetting, string>>> {
  const given = Object.keys(uvVariables).flatMap(name => {
    const value = environment[`PIP_${name.toUpperCase().replaceAll('-', '_')}`]
    return value === undefined || value === '' ? [] : [[name, words(value)] as const]
  })
  return Object.fromEntries(given)
}

function uvSettings(
  settings: Readonly<Partial<Record<PipSetting, string>>>,
  environment: MachineEnvironment
): Readonly<Record<string, string>> {
  const pairs = Object.entries(uvVariables).flatMap(([name, variable]) => {
    const value = settings[name as PipSetting]
    return value === undefined || environment[variable] !== undefined ? [] : [[variable, value] as const]
  })
  return Object.fromEntries(pairs)
}

function isSetting(name: string | undefined): name is PipSetting {
  return name !== undefined && Object.hasOwn(uvVariables, name)
}

function words(value: string): string {
  return value.split(/\s+/).filter(Boolean).join(' ')
}
