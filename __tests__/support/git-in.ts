/** The Git adapter over real git, as a run has it, with what it runs and where it writes in the tests' hands. */
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { createGit, type GitOptions } from '../../src/adapters/git/index.js'
import { processRunner } from '../../src/adapters/process/index.js'
import { CodedError } from '../../src/model/errors.js'
import type { ExportedSource, Git } from '../../src/ports/git.js'
import type { Command } from '../../src/ports/process.js'
import { snapshotOf } from './folder-snapshot.js'

interface Exported extends ExportedSource {
  /** Where the superproject's root would be. */
  readonly destination: string
}

export interface GitTrial {
  /** What git was asked, in order. */
  readonly commands: Command[]
  /** @param env variables of the job, which the adapter's own outrank */
  readonly gitIn: (directory: string, options?: Partial<GitOptions>, env?: Command['env']) => Git
  /** Writes the commit that HEAD's gitlink at `path` names out, as a build does. */
  readonly exportOf: (git: Git, path: string, mayFetch?: boolean) => Promise<Exported>
  /** The same, and the workspace with its `.git` is byte by byte what it was. */
  readonly exportLeaving: (directory: string, git: Git, path: string) => Promise<Exported>
  /** An empty folder. */
  readonly folder: () => Promise<string>
  readonly closeAll: () => Promise<void>
}

export function gitTrial(scratch: () => string): GitTrial {
  const real = processRunner()
  const commands: Command[] = []
  const opened: Git[] = []
  const folder = (): Promise<string> => mkdtemp(join(scratch(), 'exported-'))
  const exportOf: GitTrial['exportOf'] = async (git, path, mayFetch = true) => {
    const destination = await folder()
    const [entry] = await git.readEntries('HEAD', [path])
    if (entry === undefined) throw new Error(`nothing at ${path}`)
    return { ...(await git.exportSubmodule({ path, commit: entry.objectId }, destination, mayFetch)), destination }
  }
  return {
    commands,
    folder,
    exportOf,
    gitIn: (directory, options = {}, env = {}) => {
      const git = createGit({
        process: {
          run: command => {
            commands.push(command)
            return real.run({ ...command, env: { ...env, ...command.env } })
          }
        },
        directory,
        scratchDirectory: scratch(),
        ...options
      })
      opened.push(git)
      return git
    },
    exportLeaving: async (directory, git, path) => {
      const before = await snapshotOf(directory)
      const exported = await exportOf(git, path)
      expect(await snapshotOf(directory)).toEqual(before)
      return exported
    },
    closeAll: async () => {
      for (const git of opened.splice(0)) await git.close()
    }
  }
}

export async function failure(promise: Promise<unknown>): Promise<CodedError> {
  const error: unknown = await promise.then(
    () => new Error('expected a failure'),
    (thrown: unknown) => thrown
  )
  if (error instanceof CodedError) return error
  throw error
}
