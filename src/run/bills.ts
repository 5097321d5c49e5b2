/** Where later steps of the job find the bills of materials of what this run built. */
import { copyFile, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Facts } from '../publish-layers/plan/facts.js'
import { asCodedError } from '../model/errors.js'
import type { RunResult, Artifact } from '../model/index.js'
import type { Plan } from '../publish-layers/plan/plan.js'

/**
 * A dry run writes nothing, here neither, and what was refused goes nowhere. What is deployed stays deployed where the copies
 * cannot be written: a warning says what is missing.
 * @param temporaryDirectory the runner's; `null`: there are no later steps
 */
export async function withBills(
  result: RunResult,
  { builds }: Pick<Facts, 'builds'>,
  { dryRun, outcome }: Pick<Plan, 'dryRun' | 'outcome'>,
  temporaryDirectory: string | null
): Promise<RunResult> {
  if (dryRun || outcome === 'refuse' || temporaryDirectory === null) return result
  const artifacts = [...builds.values()].flatMap(built => (built instanceof Error ? [] : [built]))
  try {
    return { ...result, sboms: await copyBills(temporaryDirectory, artifacts) }
  } catch (error) {
    const missing = `The output sboms is empty, the bills of materials could not be written: ${asCodedError(error).message}`
    return { ...result, warnings: [...result.warnings, missing] }
  }
}

/**
 * Into the runner's temporary folder, which lasts as long as the job.
 * @returns layer id → absolute path, in a new folder of `temporaryDirectory`
 * @throws Error where they cannot be written
 */
export async function copyBills(
  temporaryDirectory: string,
  artifacts: readonly Pick<Artifact, 'layerId' | 'bill'>[]
): Promise<Readonly<Record<string, string>>> {
  const billed = artifacts.flatMap(({ layerId, bill }) => (bill === undefined ? [] : [{ layerId, bill }]))
  if (billed.length === 0) return {}
  const folder = await mkdtemp(join(temporaryDirectory, 'sboms-'))
  const paths = billed.map(({ layerId }) => [layerId, join(folder, `${layerId}.cdx.json`)] as const)
  await Promise.all(billed.map(({ layerId, bill }) => copyFile(bill.file, join(folder, `${layerId}.cdx.json`))))
  return Object.fromEntries(paths)
}
