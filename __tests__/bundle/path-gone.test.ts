/** A layer that was deployed and whose path a pull request removes: no change and no refusal, and nobody may read it over. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { makeActionWorld, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { configText } from './config-text.js'
import { errorsOf, rowsOf, versionsIn } from './reading.js'

const said = 'nothing is at the path of docs any more'

describe('F89 a deployed layer whose path is gone', () => {
  let world: ActionWorld
  beforeAll(async () => {
    world = await makeActionWorld({
      config: configText({ layers: { da_flask: '{ path: da_flask }', docs: '{ path: docs }' } }),
      files: { 'docs/python/docs.py': '1\n' }
    })
    expect(errorsOf(await world.push('test'))).toEqual([])
    const gone = { 'docs/python/docs.py': null, 'README.md': '# gone\n' }
    await world.superproject.commitFiles(gone, { branch: 'gone', from: 'test' })
  })
  afterAll(() => world.close())

  /** Where a person looks first: above the table of the comment and of the summary, and beside the commit. */
  const headlines = (summary: string): Record<string, string> => ({
    comment: world.github.state.comments.at(-1)?.body.split('| Layer |')[0] ?? '',
    summary: summary.split('| Layer |')[0] ?? '',
    status: world.github.state.statuses.at(-1)?.description ?? ''
  })
  const everywhere = { comment: expect.stringContaining(said), summary: expect.stringContaining(said) }

  it('a plan says so in the headline of the comment, the summary and the status', async () => {
    const run = await world.pullRequest(5, 'gone', 'test')
    expect([run.exitCode, rowsOf(run)['docs']?.['us-east-2']?.reason]).toEqual([0, 'removed'])
    expect(headlines(run.summary)).toEqual({ ...everywhere, status: expect.stringContaining(said) })
  })

  it('so does the deploy, with a layer published beside it, and the versions stay', async () => {
    const commit = await world.superproject.commitSubmodule('da_flask', { 'python/more.py': '1\n' })
    await world.superproject.bumpSubmodule('da_flask', commit, { branch: 'gone', from: 'gone' })
    const run = await world.mergePullRequest(5, 'gone', 'test')
    expect([errorsOf(run), run.outputs['conclusion']]).toEqual([[], 'success'])
    expect(headlines(run.summary)).toEqual({ ...everywhere, status: expect.stringContaining(said) })
    expect(world.github.state.statuses.at(-1)?.state).toBe('success')
    expect(versionsIn(world, sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1, 2], 'dev-docs-layer': [1] })
  })

  it('so does the job that reads back what is deployed', async () => {
    const run = await world.push('test', { inputs: { command: 'report' } })
    expect([errorsOf(run), run.outputs['conclusion']]).toEqual([[], 'success'])
    expect(run.summary.split('| Layer |')[0]).toContain(said)
    expect(world.github.state.statuses.at(-1)?.description).toContain(said)
  })
})
