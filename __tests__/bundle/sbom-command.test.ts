/** `layer-deploy sbom` through dist/: it prints what lies in the bucket, and refuses what the archive there does not give. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { asCloneOfGitHub, makeHome, runCommandLine } from '../../emulators/world/command-line.js'
import { makeActionWorld, region, repository, sandboxAccount, type ActionWorld } from '../support/action-world.js'
import { storedObject } from '../support/zip-file.js'
import { configText } from './config-text.js'
import { errorsOf } from './reading.js'

const own = (release: number) => ({
  'alpha/python/alpha.py': `release = ${release}\n`,
  'alpha/python/x-1.0.dist-info/METADATA': `Metadata-Version: 2.1\nName: x\nVersion: 1.0\nLicense: MIT\n`,
  'alpha/nodejs/node_modules/y/package.json': '{"name":"y","version":"2.0.0"}'
})

describe.each(['cloudformation', 'lambda'] as const)('engine %s', engine => {
  let world: ActionWorld
  let home: string
  let directory: string
  beforeAll(async () => {
    world = await makeActionWorld({
      config: configText({ engine, layers: { alpha: '{ path: alpha }', beta: '{ path: beta }' } }),
      submodules: {},
      files: { ...own(1), 'beta/python/beta.py': '1\n' }
    })
    expect(errorsOf(await world.push('test', { inputs: { layers: 'alpha' } }))).toEqual([])
    await world.superproject.commitFiles(own(2), { branch: 'test' })
    expect(errorsOf(await world.push('test', { inputs: { layers: 'alpha' } }))).toEqual([])
    home = await makeHome(await mkdtemp(join(tmpdir(), 'home-')), world.aws, {
      sand: { accountId: sandboxAccount, region }
    })
    directory = await world.superproject.cloneForRun({ branch: 'test', depth: 0 })
    await asCloneOfGitHub(directory, world.superproject.server.url, repository)
    world.aws.resetCalls()
  })
  afterAll(async () => {
    expect(world.aws.writes()).toEqual([])
    await world.close()
    await rm(home, { recursive: true, force: true })
  })
  const sbom = (args: string) =>
    runCommandLine({
      ...{ directory, home, args: ['sbom', ...args.split(' ')], steps: world.steps },
      env: { AWS_ENDPOINT_URL: world.aws.url }
    })
  const objects = () => world.aws.world.buckets.get(`${sandboxAccount}-code-deployment`)!.objects
  /** Of the first release, then of the second. */
  const keys = (ending: string) => [...objects().keys()].filter(key => key.endsWith(ending))
  const refusal = async (args = 'alpha -e sandbox -p sand') => {
    const { exitCode, stdout, stderr } = await sbom(args)
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    return /error: ([A-Z_]+): Expected /.exec(stderr)?.[1] ?? stderr
  }

  it('prints what lies there for the deployed content, and for a version', async () => {
    const texts = keys('.cdx.json').map(key => objects().get(key)!.body.toString())
    expect(new Set(texts).size).toBe(2)
    const deployed = await sbom('alpha -e sandbox -p sand')
    expect({ exitCode: deployed.exitCode, stdout: deployed.stdout }).toEqual({ exitCode: 0, stdout: texts[1] })
    const [first, second] = [
      await sbom('alpha -e sandbox -p sand --version 1'),
      await sbom('alpha -e sandbox -p sand --version 2')
    ]
    expect([first.stdout, second.stdout]).toEqual(texts)
  })

  it('refuses a document that the archive beside it does not give, and an archive that is another one', async () => {
    const [, key] = keys('.cdx.json')
    const [, archive] = keys('.zip')
    const [bill, zip] = [objects().get(key!)!, objects().get(archive!)!]
    for (const body of [
      bill.body.toString().replace('MIT', 'ISC'),
      'no JSON',
      '{"metadata":{"component":{"properties":[null,{}]}}}'
    ]) {
      objects().set(key!, storedObject(key!, Buffer.from(body), bill.metadata))
      expect(await refusal()).toBe('ARTIFACT_ALTERED')
    }
    objects().set(key!, bill)
    for (const body of [objects().get(keys('.zip')[0]!)!.body, Buffer.from('no zip')]) {
      objects().set(archive!, storedObject(archive!, body, zip.metadata))
      expect(await refusal()).toBe('ARTIFACT_ALTERED')
    }
    objects().set(archive!, zip)
    expect((await sbom('alpha -e sandbox -p sand')).exitCode).toBe(0)
  })

  it.each(['.cdx.json', '.zip'])('refuses where %s is gone', async ending => {
    const key = keys(ending)[1]!
    const kept = objects().get(key)!
    objects().delete(key)
    expect(await refusal()).toBe('ARTIFACT_GONE')
    objects().set(key, kept)
    // In its old place.
    const other = keys(ending)[0]!
    expect(other).not.toBe(key)
  })

  it('refuses a layer that is not deployed, a version that there is not, an id that is not configured, two environments', async () => {
    expect(await refusal('beta -e sandbox -p sand')).toBe('VERSION_NOT_FOUND')
    expect(await refusal('alpha -e sandbox -p sand --version 9')).toBe('VERSION_NOT_FOUND')
    expect(await refusal('gamma -e sandbox -p sand')).toBe('CONFIG_INVALID')
    expect(await refusal('alpha -e sandbox -p sand --version x')).toBe('CONFIG_INVALID')
    expect(await refusal('alpha -p sand')).toBe('ENVIRONMENT_MAPPED')
  })
})
