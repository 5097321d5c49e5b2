/** Engine `lambda`: what a run does about a claim that another run left, and for how long it waits. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Clock } from '../../../../src/ports/process.js'
import { accountId, bucketName, openAccount, region, type Account } from '../../../trials/account.js'
import { deploy, outcomes, type Deployed } from '../../../trials/deploy.js'
import { fastClock } from '../../../trials/fast-clock.js'

let account: Account
let count = 0
let id = ''
let name = ''
beforeAll(async () => {
  account = await openAccount()
})
afterAll(() => account.close())
beforeEach(() => {
  id = `claimed${++count}`
  name = `dev-${id}-layer`
})

/** Adds up what the run waits, in seconds. */
function countingClock(): Clock & { waited: number } {
  const fast = fastClock()
  const counting = {
    waited: 0,
    now: () => fast.now(),
    sleep: (milliseconds: number, signal?: AbortSignal) => {
      counting.waited += milliseconds / 1000
      return fast.sleep(milliseconds, signal)
    }
  }
  return counting
}

async function run(content: string, commit = '1'): Promise<{ deployed: Deployed; waited: number }> {
  const clock = countingClock()
  return {
    deployed: await deploy({ engine: 'lambda', content: { [id]: content }, commit, clock }),
    waited: clock.waited
  }
}

/** Changes fields of the state file, as it was left `secondsAgo`. */
function rewriteState(changes: Readonly<Record<string, unknown>>, secondsAgo: number): void {
  const objects = account.emulator.world.buckets.get(bucketName)!.objects
  const key = `layer-deploy/state/${name}.json`
  const { statedChecksum: _checksum, ...object } = objects.get(key)!
  const body = Buffer.from(JSON.stringify({ ...account.state(name), ...changes }))
  const checksumSha256 = createHash('sha256').update(body).digest('base64')
  objects.set(key, { ...object, body, checksumSha256, lastModified: Date.now() - secondsAgo * 1000 })
}

/** Somebody else's claim. */
function leaveClaim(secondsAgo: number, changes: Readonly<Record<string, unknown>> = {}): void {
  const claim = { id: 'another', 'content-digest': 'f'.repeat(64), run: '99/1', at: new Date().toISOString() }
  rewriteState({ ...changes, claim }, secondsAgo)
}

const published = () => account.versions(name).map(({ version }) => version)

describe('a claim that nobody comes back for', () => {
  it('is waited out where it is fresh', async () => {
    await run('one')
    leaveClaim(0)
    const { deployed, waited } = await run('two', '2')
    expect(outcomes(deployed)).toEqual(['published 2'])
    expect(waited).toBeGreaterThan(60)
  })

  it('is taken over at once where it has stood for its time by the clock of the bucket', async () => {
    await run('one')
    leaveClaim(90)
    const { deployed, waited } = await run('two', '2')
    expect(outcomes(deployed)).toEqual(['published 2'])
    expect(waited).toBeLessThan(5)
  })

  it('is waited for only as long as it has not stood yet', async () => {
    await run('one')
    leaveClaim(50)
    const { waited } = await run('two', '2')
    expect(waited).toBeGreaterThan(10)
    expect(waited).toBeLessThan(30)
  })

  it('F52 is not waited for where what it was to bring is there', async () => {
    await run('one')
    const { deployed } = await run('two', '2')
    expect(outcomes(deployed)).toEqual(['published 2'])
    // The run that published version 2 was killed before it could say so.
    leaveClaim(0, {
      version: 1,
      'content-digest': '0'.repeat(64),
      'source-digest': '0'.repeat(64),
      'artifact-sha256': sha256Of(1),
      commit: '1'.repeat(40)
    })
    const again = await run('two', '2')
    expect(outcomes(again.deployed)).toEqual(['published 2'])
    expect(again.waited).toBeLessThan(1)
    expect(published()).toEqual([1, 2])
    expect(account.state(name)).toMatchObject({ version: 2, claim: null })
  })
})

function sha256Of(version: number): string {
  const found = account.versions(name).find(one => one.version === version)!
  return Buffer.from(found.codeSha256, 'base64').toString('hex')
}

it('tells of versions that a run made and could not record', async () => {
  await run('one')
  const layer = account.emulator.world.region(accountId, region).layers.get(name)!
  const [first] = layer.versions
  const description = ` [content:${'e'.repeat(64)}]`
  layer.versions.push({ ...first!, version: 2, arn: first!.arn.replace(/1$/, '2'), description })
  const { deployed } = await run('two', '2')
  expect(outcomes(deployed)).toEqual(['published 3'])
  expect(deployed.warnings).toEqual([expect.stringMatching(/version 2 was published by a run that ended.*delete it/)])
})
