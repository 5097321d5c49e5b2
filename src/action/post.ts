/** The entry of the post step. It can close a status and nothing else: nothing that deploys is in its bundle. */
import { closeLeftOpen } from './close-left-open.js'

// Open sockets of idle connections must not keep a finished step waiting.
process.exit(await closeLeftOpen(process.env))
