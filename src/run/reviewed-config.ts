/** The configuration as its reviewers saw it: a deploy goes by the committed one, a plan says what a change edits in it (F11). */
import { configAtRevision, pathInRepository } from '../config/read/config-file.js'
import { decodeConfig } from '../config/read/text.js'
import { resolveBaseRevision } from '../detect-changes/base-revision.js'
import type { Environment, TriggerEvent, Verdict, LoadedConfig } from '../model/index.js'
import type { Git } from '../ports/git.js'

/**
 * A deploy goes by the configuration of the commit that it deploys: one that a step wrote, or that lies in another
 * repository, was not reviewed with that commit (F11).
 */
export async function committedVerdict(git: Git, headCommit: string, loaded: LoadedConfig): Promise<Verdict> {
  const { place } = loaded
  const bytes = await git.readFile(headCommit, pathInRepository(place))
  const guard = 'SOURCE_DIRTY'
  if (bytes !== null && sameLines(decodeConfig(bytes, place.config), loaded.text)) {
    return { guard, subject: '', passed: true, detail: `${place.config} is as committed` }
  }
  const finding = {
    expected: `${place.config} as commit ${headCommit} has it`,
    found: bytes === null ? 'no such file in it' : 'another text',
    mend: 'commit the configuration to the superproject, and let no step before this one write to it'
  }
  return { guard, subject: '', passed: false, finding }
}

/** A checkout may have other line ends than the commit. */
function sameLines(a: string, b: string): boolean {
  return a.replaceAll('\r\n', '\n') === b.replaceAll('\r\n', '\n')
}

/** What a pull request would change of where its layers go (F11): one sentence for each environment. */
function environmentEdits(before: readonly Environment[], after: readonly Environment[]): readonly string[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))]
  return names.flatMap(name => {
    const [old, now] = [before, after].map(map => map.find(environment => environment.name === name))
    const edit = old === undefined ? 'is new' : now === undefined ? 'is removed' : fieldEdits(old, now)
    return edit === '' ? [] : [`This change edits the environment map: ${name} ${edit}. It counts once it is merged`]
  })
}

function fieldEdits(old: Environment, now: Environment): string {
  const fields = Object.keys(now) as (keyof Environment)[]
  const edits = fields.flatMap(field => {
    const [was, is] = [JSON.stringify(old[field]), JSON.stringify(now[field])]
    return was === is ? [] : [`${field} ${was} → ${is}`]
  })
  return edits.length === 0 ? '' : `has other settings (${edits.join(', ')})`
}

/** Only a change that is under review has a map to compare with. */
export async function mapEdits(
  git: Git,
  event: TriggerEvent,
  loaded: LoadedConfig,
  headCommit: string
): Promise<readonly string[]> {
  if (event.kind !== 'pull_request' && event.kind !== 'merge_group') return []
  const base = await resolveBaseRevision(git, event, '', headCommit)
  const before = base.kind === 'known' ? await configAtRevision(git, base.commit, loaded) : null
  return before?.kind === 'read' ? environmentEdits(before.config.environments, loaded.config.environments) : []
}
