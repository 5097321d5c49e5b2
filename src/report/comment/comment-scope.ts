/** What a run that speaks for every layer and region leaves standing in the comment. */
import { rowKey, sectionName, type Row, type Section } from './comment-document.js'

export interface CommentScope {
  /** The section of the environment that the pull request aims at: a branch is mapped to one, so the others are of an earlier aim. */
  readonly section: string
  /** Keys of the rows that are configured. */
  readonly rows: ReadonlySet<string>
}

export function commentScope(
  environment: string,
  layers: readonly { readonly id: string }[],
  regions: readonly string[]
): CommentScope {
  const rows = layers.flatMap(({ id }) => regions.map(region => rowKey(id, region)))
  return { section: sectionName(environment), rows: new Set(rows) }
}

/**
 * @param isNewer whether a run reported after the one that speaks: what it wrote stays
 * @returns `null` where nothing of the section stands
 */
export function withinScope(section: Section, scope: CommentScope, isNewer: (run: string) => boolean): Section | null {
  if (section.name !== scope.section) return isNewer(section.run) ? section : null
  const stands = ([key, row]: [string, Row]): boolean => scope.rows.has(key) || isNewer(row.run)
  return {
    ...section,
    rows: new Map([...section.rows].filter(stands)),
    notes: section.notes.filter(({ key, run }) => key === null || scope.rows.has(key) || isNewer(run))
  }
}
