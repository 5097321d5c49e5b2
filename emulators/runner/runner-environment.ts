import type { RunnerDirectories } from './runner-directories.js'

/**
 * The variables of a hosted runner apart from GITHUB_* and INPUT_*. Hermetic: of this process's environment only PATH is
 * handed on, so no credentials and no git or AWS configuration of the developer can reach the action.
 */
export function baseEnvironment(
  directories: RunnerDirectories,
  options: {
    readonly workspace: string
    readonly debug?: boolean
    readonly env?: Readonly<Record<string, string>>
  }
): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    HOME: directories.home,
    TMPDIR: directories.temp,
    LANG: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...options.env,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: options.workspace,
    GITHUB_EVENT_PATH: directories.eventPath,
    RUNNER_TEMP: directories.temp,
    RUNNER_TOOL_CACHE: directories.toolCache,
    RUNNER_WORKSPACE: directories.root,
    RUNNER_OS: { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }[process.platform as string] ?? 'Linux',
    RUNNER_ARCH: process.arch.toUpperCase(),
    RUNNER_NAME: 'runner-emulator',
    RUNNER_ENVIRONMENT: 'github-hosted',
    ...(options.debug === true ? { RUNNER_DEBUG: '1' } : {})
  }
}
