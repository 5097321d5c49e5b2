/** The checkout that a command looks at, for commands that run none of the action's verbs. */
import { tmpdir } from 'node:os'
import { relative, resolve } from 'node:path'
import { createGit } from '../../adapters/git/index.js'
import { locateRepository } from '../../adapters/git/locate.js'
import { createGitHub } from '../../adapters/github/index.js'
import { proxyRoutes } from '../../adapters/proxy/routes.js'
import { processRunner } from '../../adapters/process/index.js'
import { workingFiles } from '../../adapters/process/working-files.js'
import { loadConfig } from '../../config/read/config-file.js'
import { asCodedError, furtherProblems } from '../../model/errors.js'
import { inputDefaults } from '../../action/inputs.js'
import type { Config } from '../../model/index.js'
import type { Git } from '../../ports/git.js'
import type { GitHub } from '../../ports/github.js'
import type { ProcessRunner, WorkingFiles } from '../../ports/process.js'
import { type CommandLine, exitCodeOf } from '../command-line.js'
import type { AccountOptions, ScopeOptions } from '../options.js'
import { parseRemote, serverOf } from './remote.js'
import { spokenError } from '../output/spoken.js'
import { paint, printable } from '../output/terminal.js'

export interface Checkout {
  /** Absolute. */
  readonly root: string
  /** `owner/name`; `null`: neither an option nor the remote names it. */
  readonly repository: string | null
  readonly process: ProcessRunner
  readonly git: Git
  readonly files: WorkingFiles
  /** `null`: no token, or no repository. */
  readonly github: GitHub | null
  /** @throws CodedError CONFIG_NOT_FOUND, CONFIG_INVALID */
  readonly config: () => Promise<Config>
}

/** @throws CodedError GIT_FAILED outside a repository */
export async function openCheckout(options: ScopeOptions, { environment, directory }: CommandLine): Promise<Checkout> {
  const process = processRunner({ signal: new AbortController().signal })
  const { root, remoteUrl } = await locateRepository(process, directory)
  const remote = remoteUrl === null ? null : parseRemote(remoteUrl)
  const repository = options.repository ?? environment['GITHUB_REPOSITORY'] ?? remote?.repository ?? null
  const token = environment['GITHUB_TOKEN'] ?? environment['GH_TOKEN'] ?? ''
  const apiUrl = environment['GITHUB_API_URL'] ?? serverOf(remote?.host ?? 'github.com').apiUrl
  const config =
    options.config === undefined ? inputDefaults.config : relative(root, resolve(directory, options.config))
  return {
    root,
    repository,
    process,
    git: createGit({ process, directory: root, scratchDirectory: environment['RUNNER_TEMP'] ?? tmpdir() }),
    files: workingFiles(root),
    github:
      token === '' || repository === null
        ? null
        : createGitHub({ token, repository, apiUrl, proxies: proxyRoutes(environment) }),
    config: async () => (await loadConfig({ config, directory: root, workspace: root })).config
  }
}

/** Says a coded error as a line `error: CODE: …`, and each further problem as another. @returns the exit code */
export async function printingErrors(
  line: CommandLine,
  work: () => Promise<number>,
  { profile }: Pick<AccountOptions, 'profile'> = {}
): Promise<number> {
  try {
    return await work()
  } catch (error) {
    const coded = asCodedError(error)
    const { stderr, colour } = line.terminal
    const named = [profile ?? line.environment['AWS_PROFILE'] ?? []].flat()[0] ?? null
    for (const each of [coded, ...furtherProblems(coded)]) {
      const { message } = spokenError(each, named)
      stderr(`${paint(colour.stderr)('red', 'error')}: ${printable(message)}\n`)
    }
    return exitCodeOf({ conclusion: 'failure', errors: [coded] })
  }
}
