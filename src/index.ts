/** The entry of action.yml, for the step itself and for its post step. */
import { main } from './main.js'

/** The runner hands the state of the main step to the post step as STATE_*; the main step saves this first of all. */
async function start(): Promise<number> {
  if (process.env['STATE_main-ran'] !== 'true') return main(process.env)
  const { post } = await import('./post.js')
  return post(process.env)
}

// Open sockets of idle connections must not keep a finished step waiting.
process.exit(await start())
