/** The example's world, shared with the demo. */
import { keptProcesses, ownProcesses } from '../../emulators/runner/index.js'
import { makeExampleWorld, type ExampleWorld, type ExampleWorldOptions } from '../../emulators/world/example-world.js'

export type { ActionRun } from '../../emulators/world/action-world.js'
export {
  productionAccount,
  region,
  repository,
  sandboxAccount,
  type ExampleWorld as ActionWorld
} from '../../emulators/world/example-world.js'
export { ownProcesses }

/** Where the process itself is what a test is about, and for the main stories: `steps: ownProcesses`. */
export function makeActionWorld(options: ExampleWorldOptions = {}): Promise<ExampleWorld> {
  return makeExampleWorld({ steps: keptProcesses(), ...options })
}
