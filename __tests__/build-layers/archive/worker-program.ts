/** The worker's program as source; the bundle has it compiled beside it. */
export const workerProgram = { program: new URL('./pack-worker-from-source.mjs', import.meta.url) }
