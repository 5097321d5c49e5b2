/** A check run in the place of a commit status: the same states, with the job summary and annotations in it. */
import type { CheckRunContent, CommitCheck, GitHub, NewStatus } from '../../ports/github.js'
import { cutCharacters } from '../../redaction/escape.js'

/** The same GitHub, whose statuses are check runs: who writes, closes and looks for statuses need not know. */
export function withCheckRuns(github: GitHub): GitHub {
  const opened = new Map<string, number>()
  return {
    ...github,
    createStatus: async (commit, status) => {
      const key = `${commit} ${status.context}`
      const content = contentOf(status)
      if (content.conclusion === null) {
        opened.set(key, await github.createCheckRun(commit, content))
        return
      }
      const id = opened.get(key) ?? (await findOpen(github, commit, status.context))?.id
      if (id === undefined) await github.createCheckRun(commit, content)
      else await github.updateCheckRun(id, content)
    },
    listStatuses: async commit =>
      (await github.listCheckRuns(commit, [])).map(({ id = 0, name, outcome, url }) => {
        const state = outcome === 'pending' || outcome === 'success' || outcome === 'failure' ? outcome : 'error'
        return { id, context: name, state, description: '', targetUrl: url, creator: '' }
      }),
    pendingStatuses: async (commit, context) => {
      const run = await findOpen(github, commit, context)
      return run === undefined ? [] : [{ commit, targetUrl: run.url }]
    }
  }
}

/** What another process opened: a run that was killed, or the main step of which this is the post step. */
async function findOpen(github: GitHub, commit: string, name: string): Promise<CommitCheck | undefined> {
  const runs = await github.checkRunsNamed(commit, name)
  return runs.find(run => run.outcome === 'pending')
}

function contentOf({ context, state, description, targetUrl, report }: NewStatus): CheckRunContent {
  const conclusions = { pending: null, success: 'success', failure: 'failure', error: 'cancelled' } as const
  const title = cutCharacters(description, 255)
  const { summary = title, annotations = [] } = report ?? {}
  return { name: context, conclusion: conclusions[state], title, summary, annotations, detailsUrl: targetUrl }
}
