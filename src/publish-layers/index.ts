/** Publish guarded, in reading order. Loaded only by a run that has layers to look at: start-up time counts. */
export { observe, type ObserveRequest } from './observe.js'
export { buildPlan } from './plan.js'
export { createEngine } from './engines/index.js'
export { apply } from './apply.js'
export { startRecord } from './record-run.js'
export { readBack } from './read-back.js'
