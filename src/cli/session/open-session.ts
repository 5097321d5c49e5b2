/** Wires a run started in a terminal: the checkout says what a workflow's event and runner say otherwise, and what was fetched is kept for the next. */
import { join, relative, resolve, isAbsolute } from 'node:path'
import { locateRepository, noCommit } from '../../adapters/git/locate.js'
import { processRunner } from '../../adapters/process/index.js'
import { terminalRunner } from '../../adapters/runner/terminal-runner.js'
import { CodedError } from '../../model/errors.js'
import { parseInputs, type InputName, type InputVoice, readRunContext } from '../../action/inputs.js'
import { wire } from '../../action/main.js'
import type { Session } from '../../run/session.js'
import type { CommandLine } from '../command-line.js'
import { type AccountOptions, profileChoice } from '../options.js'
import { parseRemote, serverOf } from './remote.js'
import type { Screen } from '../output/screen.js'

const voice: InputVoice = {
  nameOf: name => (name === 'layers' ? 'the layers' : `the option --${name}`),
  where: ''
}

/** @throws CodedError GIT_FAILED outside a repository, CONFIG_INVALID for an option, PROFILE_NOT_FOUND */
export async function openSession(
  given: Readonly<Partial<Record<InputName, string>>>,
  options: AccountOptions,
  { environment, directory }: Pick<CommandLine, 'environment' | 'directory'>,
  screen: Screen
): Promise<Omit<Session, 'openReport' | 'showDetails'>> {
  const { config } = options
  const profileOf = profileChoice(options.profile, environment)
  const processes = processRunner({ signal: new AbortController().signal })
  const { root, remoteUrl, branch, hasCommit } = await locateRepository(processes, directory)
  if (!hasCommit) throw noCommit()
  const remote = remoteUrl === null ? null : parseRemote(remoteUrl)
  const named = options.repository ?? environment['GITHUB_REPOSITORY'] ?? remote?.repository ?? null
  const repository = repositoryOf(named, remoteUrl, reading.includes(given.command ?? ''))
  const server = serverOf(remote?.host ?? 'github.com')
  const inputs = parseInputs(name => inputsHere(given, config, root, { environment, directory })[name], root, voice)
  const context = readRunContext({
    ...{ GITHUB_SERVER_URL: server.serverUrl, GITHUB_API_URL: server.apiUrl },
    ...environment,
    GITHUB_REPOSITORY: repository,
    // The number belongs to the name that stands beside it.
    GITHUB_REPOSITORY_ID: repository === environment['GITHUB_REPOSITORY'] ? environment['GITHUB_REPOSITORY_ID'] : '',
    GITHUB_WORKSPACE: root
  })
  // No commands for a runner: what a person reads, and JSON, must stand alone even within a workflow.
  const runner = terminalRunner({ debug: environment['RUNNER_DEBUG'] === '1', write: screen.write })
  const kept = cacheFolder(environment, process.platform)
  const keptDirectory = kept === null ? {} : { keptDirectory: join(kept, 'submodules') }
  // Nothing to do is the answer itself, on standard output.
  const quiet = { ...runner, notice: () => undefined }
  const wired = wire({ environment, inputs, context, runner: quiet, profileOf, ...keptDirectory })
  const event = { kind: 'command-line', branch } as const
  return { ...wired, event, progress: screen.progress }
}

function inputsHere(
  given: Readonly<Partial<Record<InputName, string>>>,
  config: string | undefined,
  root: string,
  { environment, directory }: Pick<CommandLine, 'environment' | 'directory'>
): Readonly<Partial<Record<InputName, string | undefined>>> {
  return {
    ...given,
    config: config === undefined ? undefined : relative(root, resolve(directory, config)),
    'github-token': environment['GITHUB_TOKEN'] ?? environment['GH_TOKEN']
  }
}

/** They write nothing, so it matters to nobody whose the stacks are. */
const reading: readonly string[] = ['detect', 'plan', 'discover']

/** Stacks belong to a repository by its name, so who writes must know it. Empty: not known. */
function repositoryOf(named: string | null, remoteUrl: string | null, onlyReads: boolean): string {
  if (named === null && onlyReads) return ''
  if (named !== null && /^[\w.-]+\/[\w.-]+$/.test(named)) return named
  const noRemote = remoteUrl === null ? 'a clone without the remote origin' : 'a remote origin that names none'
  throw new CodedError('CONFIG_INVALID', {
    expected: 'owner/name of the repository, from the remote origin or the option --repository',
    found: named === null ? noRemote : JSON.stringify(named),
    mend:
      named === null && remoteUrl === null
        ? 'add the remote (git remote add origin URL), or pass --repository owner/name as on GitHub'
        : 'pass --repository owner/name as on GitHub'
  })
}

/**
 * XDG Base Directory Specification on Linux; the folders that macOS and Windows have for it there.
 * @returns our folder in it; `null`: the environment names no home
 */
function cacheFolder(environment: Readonly<Record<string, string | undefined>>, platform: string): string | null {
  const set = environment['XDG_CACHE_HOME'] ?? ''
  if (isAbsolute(set)) return join(set, 'layer-deploy')
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'] ?? ''
    return local === '' ? null : join(local, 'layer-deploy', 'cache')
  }
  const home = environment['HOME'] ?? ''
  if (!isAbsolute(home)) return null
  return platform === 'darwin' ? join(home, 'Library', 'Caches', 'layer-deploy') : join(home, '.cache', 'layer-deploy')
}
