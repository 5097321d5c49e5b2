/** The entry of the step, whose post step is post.ts; and of dist/cli/index.js, the command line. */
import { main } from './main.js'

/** What dist/cli/index.js puts before the user's own words. The runner passes no words at all. */
const commandLineMark = 'command-line'

async function start(): Promise<number> {
  if (process.argv[2] === commandLineMark) return startCommandLine(process.argv.slice(3))
  // Node's own start is part of the step's time.
  return main(process.env, process.uptime() * 1000)
}

async function startCommandLine(words: readonly string[]): Promise<number> {
  // The SDK's advice to update Node is for whoever pins the SDK, not for who deploys a layer with it.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true'
  const { commandLine, openTerminal } = await import('../cli/index.js')
  const terminal = openTerminal(process.stdout, process.stderr, process.env)
  return commandLine(words, process.env, terminal, process.cwd())
}

// Open sockets of idle connections must not keep a finished step waiting.
process.exit(await start())
