/** Facts for the plan of a rollback: one layer in two regions, version 3 deployed, version 1 wanted; and what a test changes. */
import type { DeployedVersion } from '../../../src/model/index.js'
import type { LayerVersionDetail } from '../../../src/ports/aws.js'
import { parseConfig } from '../../../src/config/load.js'
import type { RollbackFacts } from '../../../src/operate/rollback/plan-rollback.js'
import { targetsOf } from '../../../src/publish-layers/target.js'
import { configText } from '../../bundle/config-text.js'

const config = parseConfig(configText({ regions: ['us-east-2', 'eu-central-1'], bucket: 'code-{region}' }), 'c.yml')
export const environment = config.environments[0]!
export const production = config.environments[1]!
export const targets = targetsOf(environment, config.layers, environment.regions)
export const properties = { description: '', licenseInfo: '', compatibleRuntimes: [], compatibleArchitectures: [] }

export const detail = (version: number, sha: string): LayerVersionDetail => ({
  ...properties,
  ...{ version, arn: `arn:${version}`, codeSha256: sha, sizeBytes: 1 }
})

export const deployed: DeployedVersion = {
  ...{ version: 3, arn: 'arn:3', sourceDigest: 's3', contentDigest: 'c3', artifactSha256: 'a3', commit: 'k3' },
  ...{ run: '6/1', sourceCommit: 'x3', sizeBytes: 1, properties, earlierVersions: '1-2' }
}

export const stored = (sha256: string): RollbackFacts['content'] => ({
  ...{ kind: 'stored', place: { bucket: 'b', owner: 'o', key: 'k' }, contentDigest: 'c1', sha256, sizeBytes: 1 },
  ...{ sourceCommit: 'x1', verdicts: [] }
})

export const run = { environment, headCommit: 'head', repository: 'o/r', run: '7/1', version: 1 } as const

export const fact = (index: number, changes: Partial<RollbackFacts> = {}): RollbackFacts => ({
  ...{ target: targets[index]!, deployed, wanted: detail(1, 'a1'), content: stored('a1') },
  ...changes
})
