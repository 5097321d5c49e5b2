/** What the main step left for the post step by `saveState`; empty: nothing. The main step never reads it. */
export { getState as savedState } from '@actions/core'
