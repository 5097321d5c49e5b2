/** The command line as a person starts it: in a checkout, with profiles in ~/.aws and nothing else of this machine. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { AwsEmulator } from '../aws/index.js'
import { ownProcesses, type StepRunner } from '../runner/index.js'
import { runGit } from './git-process.js'

const program = resolve(import.meta.dirname, '../../dist/cli/index.js')

export interface CommandLineOutcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface CommandLineRun {
  readonly directory: string
  readonly args: readonly string[]
  /** Whose home folder; see `makeHome`. */
  readonly home: string
  readonly env?: Readonly<Record<string, string>>
  /** Where it runs. Default: in a process of its own. */
  readonly steps?: StepRunner
}

/** Long enough for all that is asked of it. */
const timeoutMs = 600_000

export async function runCommandLine(run: CommandLineRun): Promise<CommandLineOutcome> {
  const { directory: cwd, args, home, env: own, steps = ownProcesses } = run
  const isolated = { GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0', AWS_EC2_METADATA_DISABLED: 'true' }
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, TMPDIR: home, ...isolated, ...own }
  const argv = [process.execPath, program, ...args] as const
  const { exitCode, ended, signal, stdout, stderr } = await steps.run({
    ...{ argv: [...argv], cwd, env, timeoutMs },
    onLine: () => undefined
  })
  if (ended !== 'by-itself' || signal !== null) throw new Error(`the command line did not exit by itself: ${stderr}`)
  return { exitCode, stdout, stderr }
}

/** A home folder whose ~/.aws has a profile for each account, half of it in each of the two files, as people have it. */
export async function makeHome(
  folder: string,
  aws: AwsEmulator,
  profiles: Readonly<Record<string, { readonly accountId: string; readonly region: string }>>
): Promise<string> {
  const config: string[] = []
  const credentials: string[] = []
  for (const [name, { accountId, region }] of Object.entries(profiles)) {
    const env = aws.env(accountId, region)
    config.push(`[profile ${name}]`, `region = ${region}`, '')
    credentials.push(
      `[${name}]`,
      `aws_access_key_id = ${env['AWS_ACCESS_KEY_ID'] ?? ''}`,
      `aws_secret_access_key = ${env['AWS_SECRET_ACCESS_KEY'] ?? ''}`,
      ''
    )
  }
  await mkdir(join(folder, '.aws'), { recursive: true })
  await writeFile(join(folder, '.aws', 'config'), config.join('\n'))
  await writeFile(join(folder, '.aws', 'credentials'), credentials.join('\n'))
  return folder
}

/** Makes the checkout's origin look like the repository on GitHub; what is fetched still comes from the emulated server. */
export async function asCloneOfGitHub(checkout: string, serverUrl: string, repository: string): Promise<void> {
  const [, name = ''] = repository.split('/')
  const url = `https://github.com/${repository}.git`
  await runGit(checkout, ['config', `url.${serverUrl}/${name}.git.insteadOf`, url])
  await runGit(checkout, ['remote', 'set-url', 'origin', url])
}
