/** What only a run needs that has layers to look at, in reading order. Loaded then: start-up time counts. */
export { changesSinceBase, observeRun } from './observe.js'
export { buildPlan } from '../publish-layers/plan/plan.js'
export { createEngine } from '../publish-layers/engines/index.js'
export { apply } from '../publish-layers/apply/apply.js'
export { endWith } from '../publish-layers/apply/end-with.js'
export { withBills } from './bills.js'
export { startRecord } from '../publish-layers/promotion/record-run.js'
export { readBack } from '../publish-layers/observe/read-back.js'
