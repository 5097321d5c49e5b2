/** The bills of materials where later steps of the job attest or scan them: in the runner's temporary folder, which lasts as long as the job. */
import { copyFile, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact } from '../../model/index.js'

/** @returns layer id → absolute path, in a new folder of `temporaryDirectory` @throws Error where they cannot be written */
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
