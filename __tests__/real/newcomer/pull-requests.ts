/** What GitHub does when the stand-in for `gh` opens or merges a pull request: the workflow that the superproject holds runs. */
import type { RunOutcome } from '../../../emulators/runner/index.js'
import { runWorkflowIn } from '../../../emulators/world/workflow-world.js'
import type { WorkflowEvent } from '../../../emulators/world/workflow-event.js'
import type { ActionWorld } from '../../support/action-world.js'
import { pullRequest, push } from '../../support/events.js'
import type { Reader, Said } from './reader.js'

export interface GitHubSide {
  /** Plays what was said since the last time. @returns what the action did */
  follow(): Promise<readonly RunOutcome[]>
}

export function followReader(world: ActionWorld, reader: Reader): GitHubSide {
  const { superproject, github } = world
  let heard = 0
  let runId = 4700
  const open = new Map<string, { readonly number: number; readonly base: string }>()
  const valueOf = ({ words }: Said, name: string): string | null => words[words.indexOf(name) + 1] ?? null

  const runWorkflow = async (event: WorkflowEvent, commit: string): Promise<readonly RunOutcome[]> => {
    const text = await superproject.git('show', `${commit}:.github/workflows/layers.yml`).catch(() => null)
    if (text === null) return []
    const variables = await variablesSaid(reader)
    const result = await runWorkflowIn(world, {
      ...{ workflow: '.github/workflows/layers.yml', text: text.replaceAll('OWNER/', 'org/'), event },
      ...{ variables: variables.repository, environmentVariables: variables.environments, runId: String(++runId) }
    })
    const steps = Object.values(result ?? {}).flatMap(({ runs }) => runs.flatMap(each => each.steps))
    const failed = steps.find(step => step.result === 'failure')
    if (failed !== undefined) throw new Error(`${failed.name}: ${failed.effect.log.join('\n')}`)
    return steps.flatMap(({ effect }) => (effect.run === undefined ? [] : [effect.run]))
  }

  const openPullRequest = async (said: Said): Promise<readonly RunOutcome[]> => {
    const base = valueOf(said, '--base') ?? 'main'
    const current = (await reader.type('git branch --show-current')).stdout.trim()
    const head = said.words.includes('--head') ? (valueOf(said, '--head') ?? '') : current
    const number = 6 + heard
    open.set(head, { number, base })
    const ends = await superproject.openPullRequest(number, head, base)
    github.seed.branch(head, ends.head)
    github.seed.branch(base, ends.base)
    github.seed.pullRequest({ number, head: { ref: head, sha: ends.head }, base: { ref: base, sha: ends.base } })
    const ids = { baseCommit: ends.base, headCommit: ends.head, mergeCommit: ends.merge }
    return runWorkflow(pullRequest({ number, base, head, ...ids }), ends.merge)
  }

  const merge = async (said: Said): Promise<readonly RunOutcome[]> => {
    const head = said.words[2] ?? ''
    const { number, base } = open.get(head) ?? { number: 0, base: '' }
    const [before, tip] = [await superproject.git('rev-parse', base), await superproject.git('rev-parse', head)]
    const mergeCommit = await superproject.mergeBranch(head, base, `Merge pull request #${number} from ${head}`)
    github.seed.pullRequest({
      ...{ number, mergeCommit },
      ...{ head: { ref: head, sha: tip }, base: { ref: base, sha: before } }
    })
    const after = await superproject.push(base)
    github.seed.branch(base, after)
    return runWorkflow(push({ branch: base, before, after }), after)
  }

  return {
    async follow() {
      await superproject.git('fetch', '-q', superproject.url, '+refs/heads/*:refs/heads/*')
      for (const line of (
        await superproject.git('for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/heads')
      ).split('\n')) {
        const [name = '', commit = ''] = line.split(' ')
        github.seed.branch(name, commit)
      }
      const said = await reader.said()
      const runs: RunOutcome[] = []
      while (heard < said.length) {
        const each = said[heard++]!
        if (each.name === 'pr create') runs.push(...(await openPullRequest(each)))
        if (each.name === 'pr merge') runs.push(...(await merge(each)))
      }
      return runs
    }
  }
}

async function variablesSaid(reader: Reader) {
  const repository: Record<string, string> = {}
  const environments: Record<string, Record<string, string>> = {}
  for (const { name, words, environment, body } of await reader.said()) {
    if (name !== 'variable set') continue
    const scope = environment === null ? repository : (environments[environment] ??= {})
    scope[words[2] ?? ''] = body ?? ''
  }
  return { repository, environments }
}
