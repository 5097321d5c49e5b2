/** `strategy.matrix`: the product of its lists, or the entries of `include`. */
import { mapOf, type Raw, type RawMap } from './workflow-file.js'

/** GitHub: "Usage limits", job matrix. */
const mostJobs = 256

/** @throws {Error} what GitHub fails the job with, for an empty matrix or too large a one; both forms at once are not modelled */
export function matrixEntries(matrix: Raw): readonly RawMap[] {
  if (matrix === null) return [{}]
  const { include, ...lists } = mapOf(matrix, null, 'strategy.matrix')
  if (include !== undefined && Object.keys(lists).length > 0)
    throw new Error('include beside other keys is not modelled')
  const entries = include === undefined ? product(lists) : (include as readonly RawMap[])
  if (entries.length === 0) throw new Error('Matrix vector does not contain any values')
  if (entries.length > mostJobs) throw new Error(`The matrix generated ${entries.length} jobs, over the limit of 256`)
  return entries
}

function product(lists: RawMap): readonly RawMap[] {
  return Object.entries(lists).reduce<readonly RawMap[]>(
    (entries, [key, values]) => {
      if (!Array.isArray(values)) throw new Error(`strategy.matrix.${key} is not a list: ${JSON.stringify(values)}`)
      return entries.flatMap(entry => (values as readonly Raw[]).map(value => ({ ...entry, [key]: value })))
    },
    [{}]
  )
}
