/** Short questions (`uv --version`) by @actions/exec. It knows no deadline and kills nothing: what may take long is run by index.ts. */
import { CommandFailed, type Command, type CommandResult } from '../../ports/process.js'

/** As a shell exits, POSIX. */
const notFound = 127

/** @param env all that the program sees. @throws CommandFailed where there is no exit code within the command's time */
export async function askProgram(command: Command, env: NodeJS.ProcessEnv, seconds: number): Promise<CommandResult> {
  const [program] = command.argv
  const failed = (reason: CommandFailed['reason'], detail: string, cause?: unknown): CommandFailed =>
    new CommandFailed(reason, command.argv, `${program}: ${detail}`, { cause })
  const { getExecOutput } = await import('@actions/exec')
  const variables = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >
  const where = command.cwd === undefined ? {} : { cwd: command.cwd }
  // By itself it looks for the program on the PATH of this process, not on the one that the program sees.
  const asked = getExecOutput('sh', ['-c', 'exec "$0" "$@"', ...command.argv], {
    silent: true,
    ignoreReturnCode: true,
    env: variables,
    ...where
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(failed('timed-out', `not finished within ${seconds} seconds`))
    }, seconds * 1000)
  })
  try {
    const { exitCode, stdout, stderr } = await Promise.race([asked, late])
    if (exitCode === notFound) throw failed('not-found', 'not found on PATH')
    return { exitCode, stdout: Buffer.from(stdout), stderr }
  } catch (cause) {
    if (cause instanceof CommandFailed) throw cause
    const message = cause instanceof Error ? cause.message : String(cause)
    throw failed('not-started', message, cause)
  } finally {
    clearTimeout(timer)
  }
}
