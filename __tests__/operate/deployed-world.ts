/** An emulated account with what was deployed there, and a command beside the deploy as the action runs it. Git is a stub that knows the commits 1, 2, 3 …, which descend from each other. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals'
import { createAws } from '../../src/adapters/aws/index.js'
import type { Engine as EngineName, RunResult } from '../../src/model/index.js'
import type { Operation, OperationPorts, OperationRequest } from '../../src/operate/operation.js'
import { createEngine } from '../../src/publish-layers/engines/index.js'
import type { Engine } from '../../src/publish-layers/engines/engine.js'
import { unknownSubject } from '../../src/publish-layers/result.js'
import type { Git } from '../../src/ports/git.js'
import { layer, sandbox } from '../support/configs.js'
import { accountId, openWorld, region, useCredentials, type Account } from '../trials/account.js'
import { copyWorld } from '../trials/copy-world.js'
import { deploy, repository, shortTiming, type DeployOptions } from '../trials/deploy.js'
import { fastClock } from '../trials/fast-clock.js'

export interface RunOptions {
  readonly engine?: EngineName
  readonly request?: Partial<OperationRequest>
  readonly ports?: Partial<OperationPorts>
  /** A digit: where the branch stands, `null` where it is gone; default: the run's own commit. */
  readonly tip?: string | null
  /** Works with the engine in place of the command. */
  readonly wrap?: (engine: Engine) => Engine
}

export interface DeployedWorld {
  /** Of the test that runs. */
  readonly account: () => Account
  readonly scratchDirectory: () => string
  /** `<id>: …`, what was told of the progress. */
  readonly told: string[]
  readonly portsOf: (options?: RunOptions) => OperationPorts
  readonly run: (options?: RunOptions) => Promise<RunResult & { readonly details?: string }>
}

export const head = '9'.repeat(40)

/** For the layers `ids`; a rollback goes to the version before. */
export function requestOf(ids: readonly string[], changes: Partial<OperationRequest> = {}): OperationRequest {
  const environment = changes.environment ?? { ...sandbox, engine: 'lambda' as const }
  return {
    ...{ subject: { ...unknownSubject, environment }, environment, branch: 'test' },
    ...{ layers: ids.map(id => layer(id)), headCommit: head, named: true, regions: null, dryRun: false },
    ...{ version: 'previous', keep: 1, repository, run: '700/1', runUrl: null },
    ...changes
  }
}

/** @param deployed what is deployed once for the file that calls this; each test starts from a copy */
export function deployedWorld(
  operation: Operation,
  ids: readonly string[],
  deployed: readonly DeployOptions[]
): DeployedWorld {
  let [template, account]: (Account | null)[] = [null, null]
  let scratchDirectory = ''
  let restore = (): void => undefined
  const told: string[] = []
  beforeAll(async () => {
    restore = useCredentials()
    template = await openWorld()
    for (const options of deployed) await deploy({ ...options, endpoint: template.emulator.url })
  })
  beforeEach(async () => {
    account = await openWorld()
    copyWorld(template!.emulator.world, account.emulator.world)
    scratchDirectory = await mkdtemp(join(tmpdir(), 'operation-'))
    told.length = 0
  })
  afterEach(async () => {
    await account!.close()
    await rm(scratchDirectory, { recursive: true })
    expect(account!.emulator.defects).toEqual([])
    expect(account!.emulator.faults.pending()).toEqual([])
  })
  afterAll(async () => {
    await template!.close()
    restore()
  })
  const portsOf = ({ engine = 'lambda', tip, wrap = same => same, ports = {} }: RunOptions = {}) => {
    const { signal = new AbortController().signal } = ports
    const aws = createAws({
      environment: process.env,
      signal,
      homeRegion: region,
      accountId,
      timing: shortTiming,
      endpoint: account!.emulator.url
    })
    const clock = fastClock()
    const log = { info: () => undefined, warning: () => undefined }
    const context = { region: (name: string) => aws.region(name), clock, signal, log, repository, run: '700/1' }
    return {
      ...{ aws, clock, log, signal, scratchDirectory, github: null, git: gitAt(tip) },
      engine: wrap(createEngine(engine, context)),
      progress: ({ layerId, what, ended }: Parameters<OperationPorts['progress']>[0]) =>
        void told.push(`${layerId}: ${what}${ended ? '.' : ' …'}`),
      ...ports
    } as unknown as OperationPorts
  }
  return {
    told,
    portsOf,
    account: () => account!,
    scratchDirectory: () => scratchDirectory,
    run: async (options = {}) => {
      const { engine = 'lambda', request } = options
      const environment = { ...sandbox, engine }
      const done = await operation(requestOf(ids, { environment, ...request }), portsOf(options))
      return { ...done.result, ...(done.details !== undefined && { details: done.details }) }
    }
  }
}

function gitAt(tip: string | null = '9'): Partial<Git> {
  return {
    readBranchTip: () => Promise.resolve(tip === null ? null : tip.repeat(40)),
    ancestorsAmong: (newest, commits) => Promise.resolve(commits.filter(each => each <= newest)),
    relation: (from, to) => Promise.resolve(from === to ? 'same' : to < from ? 'ancestor' : 'descendant')
  }
}
