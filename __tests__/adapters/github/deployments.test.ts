import { describe, expect, it } from '@jest/globals'
import type { DeploymentRecord, GitHub } from '../../../src/ports/github.js'
import { connectTo, emulatorForEach, failureOf, requests, sha } from './emulated.js'

const emulator = emulatorForEach()
const connected = () => connectTo(emulator().url)
const deployment = {
  ...{ commit: sha, environment: 'sandbox', task: 'layer-deploy' },
  ...{ payload: { da_flask: { 'content-digest': 'c'.repeat(64) } }, description: 'x', production: false }
}

async function pagesOf(github: GitHub, environment: string): Promise<(readonly DeploymentRecord[])[]> {
  const pages: (readonly DeploymentRecord[])[] = []
  for await (const page of github.deployments({ environment, task: 'layer-deploy' })) pages.push(page)
  return pages
}

function seed(count: number): readonly number[] {
  return Array.from(
    { length: count },
    () => emulator().seed.deployment({ sha, environment: 'sandbox', task: 'layer-deploy' }).id
  )
}

describe('deployments', () => {
  it('are written with our task and payload, and read newest first', async () => {
    const github = connected()
    const first = await github.createDeployment(deployment)
    const second = await github.createDeployment(deployment)
    const { production: _production, ...told } = deployment
    expect(second).toEqual({ ...told, id: second.id, nodeId: second.nodeId, createdAt: expect.any(String) })
    await github.createDeploymentStatus(second.id, { state: 'in_progress', description: 'Deploying', logUrl: null })
    await github.createDeploymentStatus(second.id, {
      ...{ state: 'success', description: 'Deployed', logUrl: 'https://github.com/x' }
    })
    expect(await pagesOf(github, 'sandbox')).toEqual([[second, first]])
    const outcomes = await github.deploymentOutcomes([second, first])
    expect([...outcomes]).toEqual([
      [second.id, { states: ['in_progress', 'success'], state: 'success', logUrl: 'https://github.com/x' }],
      [first.id, { states: [], state: null, logUrl: null }]
    ])
    expect(emulator().calls.filter(({ operation }) => operation === 'graphql')).toHaveLength(1)
    expect(await pagesOf(github, 'production')).toEqual([[]])
  })

  it.each([
    [99, [99]],
    [100, [100]],
    [101, [100, 1]],
    // More than three pages of ours are never needed.
    [350, [100, 100, 100]]
  ])('%i are read in pages of %j', async (count, sizes) => {
    seed(count)
    const pages = await pagesOf(connected(), 'sandbox')
    expect(pages.map(page => page.length)).toEqual(sizes)
    const asked = emulator().calls.map(({ path }) => new URL(path, 'http://x').searchParams.get('page'))
    expect(asked).toEqual(count === 100 ? ['1', '2'] : sizes.map((_size, index) => String(index + 1)))
  })
})

describe('what became of them', () => {
  const known = (id: number): DeploymentRecord => ({
    ...deployment,
    ...{ id, nodeId: `DE_${Buffer.from(String(id)).toString('base64url')}`, createdAt: '2026-01-01T00:00:00Z' }
  })

  it('nothing is asked about none', async () => {
    expect(await connected().deploymentOutcomes([])).toEqual(new Map())
    expect(emulator().calls).toEqual([])
  })

  it('of at most a hundred, in one call; what is gone is left out', async () => {
    const ids = seed(101)
    emulator().state.deployments.splice(1, 1)
    const outcomes = await connected().deploymentOutcomes(ids.map(known))
    expect([...outcomes.keys()]).toEqual([ids[0], ...ids.slice(2, 100)])
    expect(emulator().calls).toHaveLength(1)
  })

  it('over REST, where GraphQL is refused, of at most five', async () => {
    const ids = seed(6)
    const github = connected()
    await github.createDeploymentStatus(ids[0]!, { state: 'in_progress', description: 'x', logUrl: null })
    await github.createDeploymentStatus(ids[0]!, {
      ...{ state: 'failure', description: 'x', logUrl: 'https://github.com/x' }
    })
    await github.createDeploymentStatus(ids[1]!, { state: 'queued', description: 'x', logUrl: null })
    emulator().calls.length = 0
    emulator().faults.add({ operation: 'graphql', fault: { kind: 'error', status: 403, when: 'before' } })
    const nothing = { states: [], state: null, logUrl: null }
    expect([...(await github.deploymentOutcomes(ids.map(known)))]).toEqual([
      [ids[0], { states: ['failure', 'in_progress'], state: 'failure', logUrl: 'https://github.com/x' }],
      [ids[1], { states: ['queued'], state: 'queued', logUrl: null }],
      ...ids.slice(2, 5).map(id => [id, nothing])
    ])
    expect(requests(emulator()).map(([first]) => first)).toEqual([
      'POST /graphql',
      ...ids.slice(0, 5).map(id => `GET /repos/acme/superproject/deployments/${id}/statuses?page=1&per_page=100`)
    ])
  })

  it('nothing is guessed where GraphQL does not answer', async () => {
    emulator().faults.add({ operation: 'graphql', fault: { kind: 'error', status: 502, when: 'before' }, times: 9 })
    const github = connected()
    expect(await failureOf(github.deploymentOutcomes(seed(1).map(known)))).toMatchObject({
      ...{ kind: 'unavailable', operation: 'POST /graphql deployments', permission: null }
    })
    expect(github.callsMade()).toBe(1)
  })
})
