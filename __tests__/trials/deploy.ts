/** One deploy as the action does it, observe → plan → apply, with the real adapters: against emulated AWS, with a stub of git. */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAws } from '../../src/adapters/aws/index.js'
import type { Timing } from '../../src/adapters/aws/client-options.js'
import type { Engine as EngineName, Environment, LayerResult } from '../../src/model/index.js'
import type { AwsRegion } from '../../src/ports/aws.js'
import type { Clock } from '../../src/ports/process.js'
import type { Git } from '../../src/ports/git.js'
import type { Log } from '../../src/ports/runner.js'
import { apply } from '../../src/publish-layers/apply/apply.js'
import { workSlots } from '../../src/publish-layers/apply/work-slots.js'
import { createEngine } from '../../src/publish-layers/engines/index.js'
import type { Engine } from '../../src/publish-layers/engines/engine.js'
import { observeRun } from '../../src/run/observe.js'
import { buildPlan, type Plan } from '../../src/publish-layers/plan/plan.js'
import { layer, sandbox } from '../support/configs.js'
import { fastClock } from './fast-clock.js'

export const repository = 'octo-org/superproject'

export interface DeployOptions {
  readonly engine: EngineName
  /** Layer id → the content of its one file. */
  readonly content: Readonly<Record<string, string>>
  /** Stands for the source where it moves without the content; default: the content. */
  readonly source?: string
  readonly description?: string | null
  /** A digit; the commits 1, 2, 3 … descend from each other in this order. */
  readonly commit?: string
  /** What the branch points at; default: `commit`. */
  readonly tip?: () => string
  readonly run?: string
  readonly repository?: string
  /** GitHub's number of it. */
  readonly repositoryId?: string
  readonly environment?: Partial<Environment>
  /** The input `regions`; default: all of the environment's. */
  readonly regions?: readonly string[] | null
  readonly signal?: AbortSignal
  readonly clock?: Clock
  readonly timing?: Timing
  /** Where AWS is, in place of the environment's. */
  readonly endpoint?: string
  /** Works with the engine in place of apply. */
  readonly wrap?: (engine: Engine) => Engine
}

export interface Deployed {
  readonly plan: Plan
  readonly rows: readonly LayerResult[]
  readonly warnings: readonly string[]
}

/** A trial starts no process: nothing imports what it builds. */
const unchecked = { ...layer('any').build, check: 'none' }

export const shortTiming: Timing = { connectSeconds: 2, attemptSeconds: 3, callSeconds: 10, publishSeconds: 3 }

/** Throws what `observe` throws; what `apply` meets is in the rows. */
export async function deploy(options: DeployOptions): Promise<Deployed> {
  const scratchDirectory = await mkdtemp(join(tmpdir(), 'trial-'))
  const { signal = new AbortController().signal, clock = fastClock(), timing = shortTiming, commit = '1' } = options
  const environment: Environment = { ...sandbox, engine: options.engine, ...options.environment }
  const { accountId, regions } = environment
  const place = options.endpoint === undefined ? {} : { endpoint: options.endpoint }
  const aws = createAws({ environment: process.env, signal, homeRegion: regions[0] ?? '', accountId, timing, ...place })
  const { run = '101/1' } = options
  const region = (name: string): AwsRegion => aws.region(name)
  const owner = options.repository ?? repository
  const warnings: string[] = []
  const log = quietLog(warnings)
  const repositoryId = options.repositoryId ?? null
  const slots = workSlots(environment.concurrency, clock)
  const context = { region, clock: slots.clock, signal, log, repository: owner, repositoryId, run }
  const engine = (options.wrap ?? (same => same))(createEngine(options.engine, context))
  const layers = Object.keys(options.content).map(id =>
    layer(id, { description: options.description ?? null, build: unchecked })
  )
  const headCommit = commit.repeat(40)
  try {
    const request = {
      ...{
        mode: 'deploy' as const,
        dryRun: false,
        preview: false,
        environment,
        branch: 'test',
        headCommit,
        layers,
        regions: options.regions ?? null,
        base: null
      },
      ...{
        force: false,
        sourceBranches: ['test'],
        tokenName: 'GITHUB_TOKEN',
        promotionOverride: null,
        repository: owner,
        run,
        named: false
      },
      configAt: () => Promise.resolve({ kind: 'absent' as const }),
      places: () => Promise.resolve({ file: 'layer-deploy.yml', line: 1, column: 1 }),
      event: { kind: 'push', ref: 'refs/heads/test', before: '', after: headCommit, deleted: false, forced: false }
    } as const
    const git = stubGit(options)
    const ports = {
      ...{
        git,
        aws,
        engine,
        github: null,
        clock,
        process: { run: () => Promise.reject(new Error('no process')) },
        log,
        signal
      },
      ...{ workspace: scratchDirectory, scratchDirectory, submodules: 'none' as const, commandSeconds: 60 }
    }
    const plan = buildPlan(await observeRun(request, ports))
    const isNewer = async (other: string) => (await git.relation(headCommit, other)) === 'descendant'
    return { plan, rows: await apply(plan, { engine, region, signal, log, isNewer, slots }), warnings }
  } finally {
    await rm(scratchDirectory, { recursive: true, force: true })
  }
}

/** What the deploy came to, in a few words: `published 2`, `unchanged 2`, `STALE_RUN`, … one per layer. */
export function outcomes({ plan, rows }: Deployed): string[] {
  const refused = plan.verdicts.flatMap(verdict => (verdict.passed === false ? [verdict.guard] : []))
  if (refused.length > 0) return refused
  return rows.map(row => row.error?.code ?? `${row.status} ${row.version ?? '-'}`)
}

/** A superproject whose layers are plain folders of one file. */
function stubGit({ content, source, commit = '1', tip = () => commit }: DeployOptions): Git {
  const objectId = (text: string) => createHash('sha1').update(text).digest('hex')
  const missing = () => Promise.reject(new Error('the stub has no such method'))
  return {
    headCommit: missing,
    currentBranch: missing,
    resolveCommit: () => Promise.resolve(null),
    askAhead: () => undefined,
    parents: () => Promise.resolve([]),
    readFile: missing,
    hasCommit: () => Promise.resolve(false),
    fetchCommit: () => Promise.resolve(false),
    mergeBase: missing,
    remoteTag: missing,
    close: () => Promise.resolve(),
    submoduleSubjects: missing,
    sshSubmodules: () => Promise.resolve([]),
    tagsOf: () => Promise.resolve([]),
    exportSubmodule: missing,
    readEntries: () =>
      Promise.resolve(
        Object.entries(content).map(([path, text]) => ({ path, mode: '040000', objectId: objectId(source ?? text) }))
      ),
    folderPaths: missing,
    holdsPath: missing,
    readGitlinks: () => Promise.resolve([]),
    relation: (head, other) => Promise.resolve(head === other ? 'same' : other < head ? 'ancestor' : 'descendant'),
    remoteBranchTip: missing,
    readBranchTip: () => Promise.resolve(tip().repeat(40)),
    ancestorsAmong: (newest, commits) => Promise.resolve(commits.filter(each => each <= newest)),
    readCommit: () => Promise.resolve(null),
    dirtyPaths: () => Promise.resolve([]),
    checkoutState: () => Promise.resolve({ kind: 'present', commit: null, dirtyPaths: [] }),
    async exportPaths(paths, destination) {
      for (const path of paths) {
        await mkdir(join(destination, path, 'python'), { recursive: true })
        await writeFile(join(destination, path, 'python', 'hello.py'), content[path] ?? '')
      }
      return { missing: [], pointers: [] }
    }
  }
}

function quietLog(warnings: string[]): Log {
  const ignore = () => undefined
  const warning = (message: string): void => void warnings.push(message)
  return { debug: ignore, info: ignore, notice: ignore, error: ignore, warning, group: (_title, work) => work() }
}
