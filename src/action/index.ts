/** The entry of action.yml, for the step itself and for its post step; and of dist/cli/index.js, the command line. */
import { main } from './main.js'

/** What dist/cli/index.js puts before the user's own words. The runner passes no words at all. */
const commandLineMark = 'command-line'

/** The runner hands the state of the main step to the post step as STATE_*; the main step saves this first of all. */
async function start(): Promise<number> {
  if (process.argv[2] === commandLineMark) return startCommandLine(process.argv.slice(3))
  if (process.env['STATE_main-ran'] !== 'true') return main(process.env)
  const { post } = await import('./post.js')
  return post(process.env)
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
