/** A run's result as one JSON document; names as in the action's outputs. */
import type { CodedError } from '../../model/errors.js'
import type { RunResult } from '../../model/index.js'

export function renderJson(result: RunResult): string {
  const { environment } = result
  const document = {
    command: result.command,
    conclusion: result.conclusion,
    headline: result.headline,
    'dry-run': result.dryRun,
    environment: environment?.name ?? null,
    stage: environment?.stage ?? null,
    'account-id': environment?.accountId ?? null,
    regions: result.regions,
    branch: result.branch,
    'head-commit': result.headCommit,
    'changed-layers': result.changedLayers,
    layers: result.layers.map(row => ({
      layer: row.layerId,
      region: row.region,
      status: row.status,
      reason: row.reason,
      'layer-name': row.layerName,
      version: row.version,
      'previous-version': row.previousVersion,
      arn: row.arn,
      'artifact-sha256': row.artifactSha256,
      'content-digest': row.contentDigest,
      'source-digest': row.sourceDigest,
      'size-bytes': row.sizeBytes,
      ...(row.unzippedBytes === undefined ? {} : { 'unzipped-bytes': row.unzippedBytes }),
      from: row.fromCommit,
      to: row.toCommit,
      error: row.error === null ? null : errorDocument(row.error)
    })),
    errors: result.errors.map(errorDocument),
    warnings: result.warnings,
    plan: result.plan
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function errorDocument(error: CodedError): Readonly<Record<string, unknown>> {
  const { code, finding, message, location } = error
  return { code, ...finding, message, ...(location === undefined ? {} : { location }) }
}
