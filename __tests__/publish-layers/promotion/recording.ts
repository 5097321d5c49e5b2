/** A GitHub to record on, and the rows of a run. */
import { afterEach, beforeEach, expect } from '@jest/globals'
import { startGitHubEmulator, type GitHubEmulator } from '../../../emulators/github/index.js'
import { createGitHub } from '../../../src/adapters/github/index.js'
import type { Config, LayerResult } from '../../../src/model/index.js'
import type { GitHub } from '../../../src/ports/github.js'
import type { Recorder } from '../../../src/publish-layers/promotion/record-run.js'
import { production, sandbox } from '../../support/configs.js'
import { artifact, headCommit, source } from '../../support/plans.js'

const token = 'ghs_EXAMPLEtokenOfTheWorkflow'

export const page = (run: string): string =>
  `https://github.com/acme/superproject/actions/runs/${run.split('/')[0] ?? ''}`

/** One for each test of the file that calls this, which is asked nothing that GitHub's description does not allow. */
export function emulatorForEach(): () => GitHubEmulator {
  let emulator: GitHubEmulator
  beforeEach(async () => {
    emulator = await startGitHubEmulator({
      repositories: [{ owner: 'acme', name: 'superproject' }],
      tokens: [{ token, permissions: { deployments: 'write', statuses: 'write' } }]
    })
    emulator.seed.commit({ sha: headCommit })
  })
  afterEach(async () => {
    expect(emulator.violations).toEqual([])
    await emulator.close()
  })
  return () => emulator
}

export function gitHubOf(emulator: GitHubEmulator): GitHub {
  return createGitHub({ apiUrl: emulator.url, token, repository: 'acme/superproject', retryBaseMilliseconds: 5 })
}

/** Sandbox is what production is promoted from. */
export function recorderOf(emulator: GitHubEmulator, run = '500/1', changes: Partial<Recorder> = {}): Recorder {
  const config = { environments: [sandbox, production], layers: [] } as unknown as Config
  const onBranch = (commits: readonly string[]) => Promise.resolve(commits)
  const clock = { sleep: () => Promise.resolve() }
  return { github: gitHubOf(emulator), clock, config, logUrl: page(run), run, onBranch, ...changes }
}

export function row(changes: Partial<LayerResult> = {}): LayerResult {
  const { contentDigest, artifactSha256 } = artifact()
  return {
    layerId: 'da_flask',
    region: 'us-east-2',
    status: 'published',
    reason: 'source-changed',
    layerName: 'dev-da-flask-layer',
    version: 4,
    arn: null,
    previousVersion: 3,
    sizeBytes: 1,
    contentDigest,
    artifactSha256,
    sourceDigest: source.sourceDigest,
    fromCommit: null,
    toCommit: null,
    error: null,
    ...changes
  }
}

/** Of each deployment, oldest first: its states, and the layers that it proves. */
export function recorded(emulator: GitHubEmulator): string[] {
  return emulator.state.deployments.map(({ statuses, payload }) => {
    const states = statuses.map(({ state }) => state).join(' ')
    return `${states}: ${Object.keys(payload as object).join(' ')}`
  })
}
