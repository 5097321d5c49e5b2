/** The example's world, shared with the demo. */
export type { ActionRun } from '../../emulators/world/action-world.js'
export {
  makeExampleWorld as makeActionWorld,
  productionAccount,
  region,
  repository,
  sandboxAccount,
  type ExampleWorld as ActionWorld
} from '../../emulators/world/example-world.js'
