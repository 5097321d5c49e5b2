import { execFile } from 'node:child_process'

/** No configuration of the developer, no prompt, one author, no clock: commit ids are the same everywhere. */
function gitEnvironment(seconds: number): Record<string, string> {
  const date = `${seconds} +0000`
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: '/nonexistent',
    LANG: 'C.UTF-8',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Octo Cat',
    GIT_AUTHOR_EMAIL: 'octocat@example.com',
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: 'Octo Cat',
    GIT_COMMITTER_EMAIL: 'octocat@example.com',
    GIT_COMMITTER_DATE: date
  }
}

/** 2026-01-02T03:04:05Z, the date of the first commit. */
export const firstCommitSeconds = 1_767_323_045

/** Standard output of a git command, trailing newline cut. @throws {Error} with git's own message where it fails. */
export function runGit(
  cwd: string,
  args: readonly string[],
  options: { readonly stdin?: string | Buffer; readonly seconds?: number } = {}
): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = gitEnvironment(options.seconds ?? firstCommitSeconds)
    const child = execFile('git', args, { cwd, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout.replace(/\n$/, ''))
      else reject(new Error(`git ${args.join(' ')} in ${cwd}: ${stderr || error.message}`))
    })
    // git may end without reading: its exit says what happened, not the broken pipe.
    child.stdin?.on('error', () => undefined).end(options.stdin ?? '')
  })
}
