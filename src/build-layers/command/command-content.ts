import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CodedError } from '../../model/errors.js'
import { scratchFolder, type BuildRequest } from '../build-request.js'
import { cleanInstalled } from '../install/clean-installed.js'
import { packageFolders } from '../source/package-folders.js'
import { runShell, type BuildDependencies } from './run-command.js'

/**
 * Runs `build.command` in the layer's folder, which is a copy, and gives the folder that it has written. Throws `BUILD_FAILED` where it fails, writes nothing, or writes
 * beside the folders that are its own.
 */
export async function commandContent(request: BuildRequest, command: string, deps: BuildDependencies): Promise<string> {
  const { sourceDirectory, outputDirectory, layer } = request
  const content = await scratchFolder(request, 'content')
  const what = `build.command of layer ${layer.id}`
  const before = { output: await readdir(outputDirectory), source: await readdir(sourceDirectory) }
  await runShell(command, sourceDirectory, { LAYER_BUILD_DIR: content }, what, deps)

  const beside = (await readdir(outputDirectory)).filter(name => !before.output.includes(name))
  const stillThere = (await lstat(content).catch(() => null))?.isDirectory() === true
  if (beside.length > 0 || !stillThere) {
    throw new CodedError('BUILD_FAILED', {
      expected: `${what} to write only below $LAYER_BUILD_DIR`,
      found: stillThere ? `${listed(beside)} beside it` : 'that folder replaced or removed',
      mend: 'write into "$LAYER_BUILD_DIR" with the command, and leave the folder itself'
    })
  }
  if ((await readdir(content)).length > 0) {
    // Packages that the command has installed are as full of noise as ours.
    for (const folder of await packageFolders(content)) await cleanInstalled(join(content, folder))
    return content
  }
  const elsewhere = (await readdir(sourceDirectory)).filter(name => !before.source.includes(name))
  throw new CodedError('BUILD_FAILED', {
    expected: `${what} to write into $LAYER_BUILD_DIR`,
    found: elsewhere.length === 0 ? 'nothing in it' : `nothing in it, but ${listed(elsewhere)} in the layer's folder`,
    mend: 'write python/ (or the folder of its runtime) into "$LAYER_BUILD_DIR" with the command'
  })
}

function listed(names: readonly string[]): string {
  return names.slice(0, 5).sort().join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '')
}
