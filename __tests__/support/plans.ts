/** Facts for the plan: everything as it should be, and what a test changes. */
import type { Facts } from '../../src/publish-layers/plan/facts.js'
import type { Artifact, DeployedVersion, LayerChange } from '../../src/model/index.js'
import { indexEntries, layerSource } from '../../src/detect-changes/source-digest.js'
import { targetKey, targetsOf } from '../../src/publish-layers/target.js'
import { layer, objectId, sandbox } from './configs.js'

const flask = layer('da_flask')
export const headCommit = objectId('a')
export const gitlink = { path: 'da_flask', mode: '160000', objectId: objectId('f') }
export const source = layerSource(flask, indexEntries([gitlink]))
export const [target] = targetsOf(sandbox, [flask], sandbox.regions) as readonly [ReturnType<typeof targetsOf>[number]]

export function artifact(changes: Partial<Artifact> = {}): Artifact {
  return {
    layerId: 'da_flask',
    file: '/tmp/layer.zip',
    contentDigest: 'c'.repeat(64),
    artifactSha256: '5'.repeat(64),
    sizeBytes: 100,
    unzippedBytes: 200,
    fileCount: 2,
    packages: [],
    verdicts: [],
    ...changes
  }
}

export function deployed(changes: Partial<DeployedVersion> = {}): DeployedVersion {
  return {
    version: 3,
    arn: `arn:aws:lambda:us-east-2:111122223333:layer:${target.layerName}:3`,
    sourceDigest: '0'.repeat(64),
    contentDigest: '1'.repeat(64),
    artifactSha256: '2'.repeat(64),
    commit: objectId('b'),
    run: '100/1',
    sourceCommit: objectId('e'),
    sizeBytes: 90,
    properties: target.properties,
    ...changes
  }
}

export function change(changes: Partial<LayerChange> = {}): LayerChange {
  const base = { layerId: 'da_flask', region: 'us-east-2', changed: true, reason: 'source-changed' as const }
  return { ...base, from: objectId('e'), to: objectId('f'), ...changes }
}

export function facts(changes: Partial<Facts> = {}): Facts {
  return {
    mode: 'deploy',
    dryRun: false,
    environment: sandbox,
    headCommit,
    repository: 'octo-org/superproject',
    run: '101/1',
    targets: [target],
    sources: new Map([['da_flask', source]]),
    changes: [change()],
    deployed: new Map([[targetKey(target), deployed()]]),
    protectionDiffers: new Set(),
    aside: new Set(),
    builds: new Map([['da_flask', artifact()]]),
    stored: new Map([[targetKey(target), null]]),
    packagesChanged: new Map(),
    contentChanges: new Map(),
    verdicts: [],
    ...changes
  }
}
