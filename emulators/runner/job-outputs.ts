import type { SecretMasker } from './secret-masker.js'

/** What becomes of a step's outputs when the job hands them, each under its own name, to the jobs that need it. */
export interface JobOutputs {
  readonly outputs: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
  /** The job fails: its outputs are over the limit, and none is handed on. */
  readonly error: string | null
}

/** GitHub: "Passing information between jobs": 1 MB of outputs a job, counted in UTF-16. */
const jobLimitBytes = 1024 * 1024

/** Empty outputs are left out; one that holds a masked value is dropped with a warning. */
export function handOnOutputs(stepOutputs: ReadonlyMap<string, string>, masker: SecretMasker): JobOutputs {
  const filled = [...stepOutputs].filter(([, value]) => value !== '')
  const secret = filled.filter(([, value]) => masker.mask(value) !== value)
  const kept = filled.filter(([, value]) => masker.mask(value) === value)
  const warnings = secret.map(([name]) => `Skip output '${name}' since it may contain secret.`)
  const sizeBytes = kept.reduce((sum, [name, value]) => sum + 2 * (name.length + value.length), 0)
  if (sizeBytes > jobLimitBytes) {
    const error = `The job's outputs are ${sizeBytes} bytes in UTF-16, over the limit of ${jobLimitBytes}.`
    return { outputs: {}, warnings, error }
  }
  return { outputs: Object.fromEntries(kept), warnings, error: null }
}
