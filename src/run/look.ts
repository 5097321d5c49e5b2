/** What only a run needs that has layers to look at, in reading order. Loaded then: start-up time counts. */
export { workSlots } from '../publish-layers/apply/work-slots.js'
export { createEngine } from '../publish-layers/engines/index.js'
export { observeRun } from './observe.js'
export { buildPlan } from '../publish-layers/plan/plan.js'
export { unwrittenRows } from '../publish-layers/apply/rows.js'
