/** The core types: plain values, shared by the four verbs. */
export type * from './configuration.js'
export type * from './deploy.js'
export type * from './inputs.js'
export type * from './packages.js'
export type * from './result.js'
