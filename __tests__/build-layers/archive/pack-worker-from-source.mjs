// The worker's program as it stands in the source: a worker thread does not inherit what lets this one run TypeScript.
import { register } from 'tsx/esm/api'

register()
await import('../../../src/build-layers/archive/compress/pack-worker.ts')
