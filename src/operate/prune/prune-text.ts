import type { CodedError } from '../../model/errors.js'
import { inlineCode, markdownText } from '../../redaction/escape.js'
import type { OperationRequest } from '../operation.js'
import type { PruneStep } from './plan-prune.js'

export function pruneHeadline(
  { environment, dryRun }: Pick<OperationRequest, 'environment' | 'dryRun'>,
  steps: readonly PruneStep[],
  deleted: number,
  errors: readonly CodedError[]
): string {
  const where = `${environment.name} (${environment.accountId})`
  const all = steps.flatMap(({ decisions }) => decisions)
  if (errors[0] !== undefined && deleted === 0) return `${errors[0].code}: no version was deleted in ${where}`
  const wanted = all.filter(({ action }) => action === 'delete').length
  const gone = dryRun ? wanted : deleted
  return `${count(gone)} ${dryRun ? 'would be deleted' : 'deleted'}, ${all.length - gone} kept, in ${where}`
}

function count(versions: number): string {
  return versions === 1 ? '1 layer version' : `${versions} layer versions`
}

/** Markdown: each layer with what goes, and why the rest stays. */
export function pruneDetails(steps: readonly PruneStep[], planned: boolean): string {
  const blocks = steps.map(({ target, decisions }) => {
    const rows = decisions.map(({ version, createdAt, action, why }) => {
      const what = action === 'keep' ? 'kept' : planned ? '**would be deleted**' : '**deleted**'
      return `| ${version} | ${createdAt.slice(0, 10)} | ${what} | ${markdownText(why, 500)} |`
    })
    const head = `### ${inlineCode(target.layerName)} in ${inlineCode(target.region)}`
    const table = ['| Version | Published | | Why |', '| --- | --- | --- | --- |', ...rows].join('\n')
    return rows.length === 0 ? `${head}\n\nNo version.` : `${head}\n\n${table}`
  })
  return `${['## Layer versions', ...blocks].join('\n\n')}\n`
}
