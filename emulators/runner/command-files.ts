import { readFile } from 'node:fs/promises'
import { parseNameValueFile, parsePathFile } from './file-commands.js'
import type { CommandFiles } from './runner-directories.js'
import type { SecretMasker } from './secret-masker.js'
import type { StepLog } from './step-log.js'

/** What a step left in its command files. */
export interface StepFiles {
  readonly outputs: ReadonlyMap<string, string>
  readonly state: ReadonlyMap<string, string>
  readonly env: ReadonlyMap<string, string>
  /** In front of PATH from now on. */
  readonly path: readonly string[]
  /** Masked; empty where it was over the limit. */
  readonly summary: string
}

/** GitHub: "Workflow commands", step isolation and limits of job summaries. */
const summaryLimitBytes = 1024 * 1024

/** Reads a step's command files. A malformed one fails the step (through `log`), the others still count. */
export async function readCommandFiles(files: CommandFiles, log: StepLog, masker: SecretMasker): Promise<StepFiles> {
  const readPairs = async (kind: 'env' | 'state' | 'output'): Promise<Map<string, string>> => {
    const pairs = new Map<string, string>()
    try {
      for (const [name, value] of parseNameValueFile(await readText(files[kind]))) pairs.set(name, value)
    } catch (error) {
      log.fail(`Unable to process file command '${kind}' successfully.`)
      log.error((error as Error).message)
    }
    return pairs
  }
  const path = parsePathFile(await readText(files.path))
  const env = await readPairs('env')
  if (env.delete('NODE_OPTIONS')) {
    log.error("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
  }
  const summary = masker.mask(keepSmall(await readText(files.step_summary), log))
  const state = await readPairs('state')
  return { path, env, summary, state, outputs: await readPairs('output') }
}

/** Too long a summary is dropped whole; the step's result stays. */
function keepSmall(summary: string, log: StepLog): string {
  const kibibytes = Buffer.byteLength(summary) / 1024
  if (kibibytes <= summaryLimitBytes / 1024) return summary
  log.error(
    `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${Math.floor(kibibytes)}k.`
  )
  return ''
}

/** A step may remove its files: that counts as having written nothing. */
async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
