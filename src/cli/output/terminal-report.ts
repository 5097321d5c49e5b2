/** The report of a run in a terminal: the table or JSON on standard output, errors and warnings on standard error. */
import type { RunResult } from '../../model/index.js'
import { redactResult } from '../../redaction/redactor.js'
import type { Reporter } from '../../report/reporter.js'
import { exitCodeOf } from '../command-line.js'
import { renderNotes, renderText } from './render-text.js'
import type { Screen } from './screen.js'
import { spokenResult, type Speaker } from './spoken.js'
import type { Terminal } from './terminal.js'
import type { CodedError } from '../../model/errors.js'

export function terminalReport(
  terminal: Terminal,
  screen: Screen,
  show: { readonly json: boolean; readonly redact: (text: string) => string; readonly speaker: Speaker }
): Reporter {
  return {
    start: () => undefined,
    deliver: (unredacted: RunResult) => {
      screen.end()
      const result = spokenResult(redactResult(unredacted, show.redact), show.speaker)
      terminal.stderr(renderNotes(result, terminal.colour.stderr))
      terminal.stdout(show.json ? renderJson(result) : renderText(result, terminal.colour.stdout, terminal.width))
      return Promise.resolve(exitCodeOf(result))
    }
  }
}

/** A run's result as one JSON document; names as in the action's outputs. */
function renderJson(result: RunResult): string {
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
