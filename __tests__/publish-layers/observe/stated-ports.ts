/** What the world answers, stated as data: ports with only the methods that a test names. Any other call is a `TypeError`. */
import { CodedError, type ErrorCode } from '../../../src/model/errors.js'
import type { Aws, AwsRegion, ObjectStore } from '../../../src/ports/aws.js'
import type { Git } from '../../../src/ports/git.js'
import type { DeploymentRecord, GitHub } from '../../../src/ports/github.js'
import type { Log } from '../../../src/ports/runner.js'
import { deploymentTask, payloadOf } from '../../../src/publish-layers/promotion/promotion.js'
import type { ProvenLayer } from '../../../src/publish-layers/plan/guards.js'
import type { ObserveRequest } from '../../../src/publish-layers/observe/observe-request.js'
import { layer, sandbox } from '../../support/configs.js'
import { headCommit } from '../../support/plans.js'

export function failure(code: ErrorCode, found = 'what was met'): CodedError {
  return new CodedError(code, { expected: 'an answer', found, mend: 'ask again' })
}

export const git = (methods: Partial<Git>): Git => methods as Git
export const github = (methods: Partial<GitHub>): GitHub => methods as GitHub

/** What a deploy of the layer to the sandbox leaves on record. */
export function proofOf(
  layerId: string,
  proof: ProvenLayer,
  changes: Partial<DeploymentRecord> = {}
): DeploymentRecord {
  return {
    ...{ id: 1, commit: headCommit, environment: sandbox.name, task: deploymentTask, description: '', createdAt: '' },
    ...{ nodeId: '', payload: payloadOf(new Map([[layerId, { ...proof, artifactSha256: 'a'.repeat(64) }]])) },
    ...changes
  }
}

/** Those deployments of the sandbox, all of which succeeded. */
export function recorded(...records: DeploymentRecord[]): GitHub {
  return github({
    deployments: async function* ({ environment }) {
      await Promise.resolve()
      yield environment === sandbox.name ? records : []
    },
    deploymentOutcomes: all =>
      Promise.resolve(new Map(all.map(({ id }) => [id, { states: ['success'], state: 'success', logUrl: null }])))
  })
}

export const aws = (methods: Partial<Aws>): Aws => methods as Aws

/** One region for all names. */
export function awsWith(objects: Partial<ObjectStore>, others: Partial<AwsRegion> = {}): Aws {
  return aws({ region: region => ({ ...others, region, objects }) as AwsRegion })
}

export interface SaidLog extends Log {
  readonly warnings: readonly string[]
  readonly debugged: readonly string[]
  readonly infos: readonly string[]
  /** The title where one begins, `end` where one ends. */
  readonly groups: readonly string[]
}

export function saidLog(): SaidLog {
  const [warnings, debugged, infos, groups]: string[][] = [[], [], [], []]
  const ignore = () => undefined
  const into = (list: string[] | undefined) => (message: string) => void list?.push(message)
  return {
    ...{ warnings: warnings ?? [], debugged: debugged ?? [], infos: infos ?? [], groups: groups ?? [] },
    ...{ debug: into(debugged), info: into(infos), warning: into(warnings), notice: ignore, error: ignore },
    group: async (title, work) => {
      into(groups)(title)
      const result = await work()
      into(groups)('end')
      return result
    }
  }
}

export function request(changes: Partial<ObserveRequest> = {}): ObserveRequest {
  return {
    ...{ mode: 'deploy', dryRun: false, preview: false, environment: sandbox, branch: 'test', headCommit },
    event: { kind: 'push', ref: 'refs/heads/test', before: '', after: headCommit, deleted: false, forced: false },
    ...{ layers: [layer('da_flask')], regions: null, force: false, sourceBranches: ['test'] },
    ...{ tokenName: 'GITHUB_TOKEN', promotionOverride: null, repository: 'octo-org/superproject', run: '101/1' },
    configAt: () => Promise.resolve({ kind: 'absent' }),
    ...changes
  }
}
