/**
 * The bills of materials in the workspace, where later steps of the job attest or scan them: the one thing that a run leaves there. Their
 * folder ignores itself, so that git has nothing to tell of it.
 */
import { copyFile, lstat, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CodedError } from '../../model/errors.js'
import type { Artifact } from '../../model/index.js'

const folders = ['.layer-deploy', 'sboms'] as const

/** @returns layer id → path relative to `workspace`, `/` as separator @throws Error where they cannot be written */
export async function copyBills(
  workspace: string,
  artifacts: readonly Pick<Artifact, 'layerId' | 'bill'>[]
): Promise<Readonly<Record<string, string>>> {
  const billed = artifacts.flatMap(({ layerId, bill }) => (bill === undefined ? [] : [{ layerId, bill }]))
  if (billed.length === 0) return {}
  const place = await ownFolder(workspace)
  const paths: [string, string][] = []
  for (const { layerId, bill } of billed) {
    const name = `${layerId}.cdx.json`
    const file = join(place, name)
    // A link that lies there is not followed.
    await rm(file, { force: true })
    await copyFile(bill.file, file)
    paths.push([layerId, [...folders, name].join('/')])
  }
  return Object.fromEntries(paths)
}

/** @throws CodedError where something of the repository lies there: a link would lead anywhere */
async function ownFolder(workspace: string): Promise<string> {
  let place = workspace
  for (const name of folders) {
    place = join(place, name)
    await mkdir(place, { recursive: true }).catch(() => undefined)
    if ((await lstat(place)).isDirectory()) continue
    throw new CodedError('BUILD_FAILED', {
      expected: `${place} to be a folder, or nothing`,
      found: 'a link or a file',
      mend: 'keep that name for what the action writes'
    })
  }
  await writeFile(join(place, '.gitignore'), '*\n', { flag: 'wx' }).catch(ifThere)
  return place
}

function ifThere(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
}
