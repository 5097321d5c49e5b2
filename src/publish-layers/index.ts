/** Publish guarded, in reading order. Loaded only by a run that has layers to look at: start-up time counts. */
export { observe, type ObserveRequest } from './observe/observe.js'
export { buildPlan } from './plan/plan.js'
export { createEngine } from './engines/index.js'
export { apply } from './apply/apply.js'
export { endWith } from './apply/end-with.js'
export { startRecord, type Recorder } from './promotion/record-run.js'
export type { OnBranch } from './promotion/promotion.js'
export { readBack } from './observe/read-back.js'
