/** The bundle on each Node that a runner may run it with, and F43: the same bytes from every one of them. */
import { expect, it } from '@jest/globals'
import { nodeBinaries } from '../../emulators/runner/index.js'
import { makeActionWorld, ownProcesses, region, sandboxAccount } from '../support/action-world.js'
import { configText, folderLayer } from './config-text.js'
import { errorsOf, rowsOf, statusesOf, versionsIn } from './reading.js'

const surroundings = [
  { TZ: 'UTC', LANG: 'C' },
  { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  { TZ: 'America/New_York', LANG: 'ja_JP.eucJP' }
]
const artifacts = new Map<string, unknown>()

it.each(nodeBinaries())('Node $version deploys, plans, finds nothing to do, and refuses', async ({ version, path }) => {
  const files = {
    ...folderLayer,
    'da_flask/python/text.txt': 'The same text. '.repeat(5_000),
    'da_flask/python/B': '',
    'da_flask/python/ä': ''
  }
  const world = await makeActionWorld({ steps: ownProcesses, config: configText(), submodules: {}, files })
  const env = surroundings[artifacts.size] ?? {}
  const job = { options: { node: path }, env }
  try {
    const first = await world.push('test', job)
    expect(errorsOf(first)).toEqual([])
    expect(first.stderr).not.toMatch(/^\s+at /m)
    expect(first.outputs).toMatchObject({ conclusion: 'success', da_flask_version: '1' })
    expect(first.postExitCode).toBe(0)
    const { 'artifact-sha256': artifact, 'content-digest': contentDigest } = rowsOf(first)['da_flask']![region]!
    artifacts.set(version, { artifact, contentDigest })

    expect((await world.push('test', job)).outputs).toMatchObject({ conclusion: 'success', changed: 'false' })
    await world.superproject.commitFiles({ 'da_flask/python/x.py': '1\n' }, { branch: 'feature', from: 'test' })
    const plan = await world.pullRequest(7, 'feature', 'test', job)
    expect(plan.outputs).toMatchObject({ command: 'plan', conclusion: 'success', da_flask_changed: 'true' })
    const refused = await world.push('test', { ...job, inputs: { environment: 'production' } })
    expect(refused.exitCode).toBe(1)
    expect(errorsOf(refused)).toEqual([expect.stringMatching(/^ENVIRONMENT_MAPPED: /)])
    expect(statusesOf(world).filter(status => status.endsWith('pending'))).toHaveLength(4)
    expect(versionsIn(world, sandboxAccount)).toEqual({ 'dev-da-flask-layer': [1] })
  } finally {
    await world.close()
  }
})

it('F43 every Node, in every time zone and locale, made the same bytes', () => {
  expect(artifacts.size).toBeGreaterThan(1)
  expect(new Set([...artifacts.values()].map(made => JSON.stringify(made))).size).toBe(1)
})
