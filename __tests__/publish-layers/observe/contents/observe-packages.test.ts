/** How what would be published differs from what each region runs: archives and bills of materials as the bucket has them, good and altered. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { billOfMaterials } from '../../../../src/build-layers/bill-of-materials/document.js'
import { partsOf, type ContentFile } from '../../../../src/build-layers/bill-of-materials/parts.js'
import { sha256Hex } from '../../../../src/model/digest.js'
import type { Artifact } from '../../../../src/model/index.js'
import type { ObjectPlace } from '../../../../src/ports/inventory.js'
import { observePackages } from '../../../../src/publish-layers/observe/contents/observe-packages.js'
import { artifactKey, billKey, targetKey, targetsOf, type Target } from '../../../../src/publish-layers/target.js'
import { layer, sandbox } from '../../../support/configs.js'
import { artifact, deployed, facts, target } from '../../../support/plans.js'
import { zipOf } from '../../../support/zip-file.js'
import { awsWith, failure, saidLog } from '../stated-ports.js'

type Texts = Readonly<Record<string, string>>
const zipped = (texts: Texts) => zipOf(Object.entries(texts).map(([path, content]) => ({ path, content })))
const python = (name: string, version: string, licence = 'MIT'): Texts => ({
  [`python/${name}-${version}.dist-info/METADATA`]: `Name: ${name}\nVersion: ${version}\nLicense: ${licence}\n`
})
const node = (name: string, version: string): Texts => ({
  [`nodejs/node_modules/${name}/package.json`]: JSON.stringify({ name, version, license: 'ISC' })
})
const [oldDigest, newDigest] = ['1'.repeat(64), 'c'.repeat(64)]
const before: Texts = {
  ...python('flask', '1.0'),
  ...node('left', '1.0.0'),
  'python/own/a.py': '1',
  'python/own/b.py': '1'
}
const after: Texts = { ...python('flask', '2.0', 'ISC'), ...node('left', '2.0.0'), 'python/own/a.py': '2' }
const key = targetKey(target)

const billOf = (texts: Texts, contentDigest: string) => {
  const files: readonly ContentFile[] = Object.entries(texts).map(([path, text]) => [path, '100644', sha256Hex(text)])
  const subject = { layerId: 'da_flask', contentDigest, compatibleRuntimes: [], compatibleArchitectures: [] }
  return billOfMaterials(
    subject,
    partsOf(files, path => texts[path] ?? null)
  )
}

let scratch = ''
const [noBill, built]: { artifact: Artifact }[] = [{ artifact: artifact() }, { artifact: artifact() }]
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'packages-'))
  const [file, bill] = [join(scratch, 'new.zip'), join(scratch, 'new.json')]
  await writeFile(file, zipped(after))
  await writeFile(bill, await billOf(after, newDigest))
  noBill!.artifact = artifact({ file, contentDigest: newDigest, ownFiles: ['python/own/a.py'] })
  built!.artifact = { ...noBill!.artifact, bill: { file: bill, sha256: '', sizeBytes: 1 } }
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

interface World {
  readonly mode?: 'plan' | 'deploy'
  readonly dryRun?: boolean
  readonly targets?: readonly Target[]
  readonly deployed?: ReadonlyMap<string, ReturnType<typeof deployed> | null>
  readonly artifacts?: readonly Artifact[]
  /** `null`: not there. */
  readonly archive?: Buffer | Error | null
  readonly bill?: string | Error | null
  readonly aborted?: boolean
}

async function look(world: World) {
  const { mode = 'plan', dryRun = false, targets = [target], archive = zipped(before), aborted = false } = world
  const bill = world.bill === undefined ? await billOf(before, oldDigest) : world.bill
  const log = saidLog()
  const calls: string[] = []
  const answer = async (of: ObjectPlace): Promise<Buffer | null> => {
    calls.push(of.key)
    const isBill = of.key === billKey(target.layerName, oldDigest)
    if (!isBill && of.key !== artifactKey(target.layerName, oldDigest)) throw new Error(`no such key ${of.key}`)
    const found = isBill ? bill : archive
    if (found instanceof Error) throw found
    return Promise.resolve(found === null ? null : Buffer.from(found))
  }
  const aws = awsWith({
    end: async (of, count) => {
      const body = await answer(of)
      return body === null ? null : { bytes: body.subarray(-count), sizeBytes: body.length }
    },
    get: async of => {
      const body = await answer(of)
      return body === null ? null : { body, etag: '', ageSeconds: 0 }
    }
  })
  const signal = aborted ? AbortSignal.abort(failure('CANCELLED')) : new AbortController().signal
  const known = world.deployed ?? new Map([[key, deployed({ contentDigest: oldDigest, sizeBytes: null })]])
  const artifacts = new Map((world.artifacts ?? [built!.artifact]).map(each => [each.layerId, each]))
  const found = await observePackages(facts({ mode, dryRun, deployed: known }), targets, artifacts, {
    aws,
    log,
    signal
  })
  return {
    ...{ calls, log, answered: [...found.answered], all: found.facts },
    packages: found.facts.packagesChanged.get(key),
    content: found.facts.contentChanges.get(key),
    sizeBytes: found.facts.deployed.get(key)?.sizeBytes
  }
}

const ownFiles = { added: 0, changed: 1, removed: 1 }
const flask = { name: 'flask', from: '1.0', to: '2.0' }

describe('what changes', () => {
  it('packages of both kinds, licences, own files and the size', async () => {
    const { packages, content, sizeBytes, answered, calls, log } = await look({})
    expect(packages).toEqual([
      { ...flask, licence: { from: 'MIT', to: 'ISC' } },
      { name: 'left', from: '1.0.0', to: '2.0.0' }
    ])
    expect(content).toEqual({ ownFiles, licencesCompared: true })
    expect([sizeBytes, answered]).toEqual([zipped(before).length, [key]])
    expect(calls.sort()).toEqual(
      [billKey(target.layerName, oldDigest), artifactKey(target.layerName, oldDigest)].sort()
    )
    expect(log.warnings).toEqual([])
  })

  it('a deploy asks for no bill of materials, a dry run does', async () => {
    const deploy = await look({ mode: 'deploy' })
    expect(deploy.calls).toEqual([artifactKey(target.layerName, oldDigest)])
    // Without it Node's packages are not known, and no licence is compared.
    expect([deploy.packages, deploy.content]).toEqual([[flask], { ownFiles, licencesCompared: false }])
    expect((await look({ mode: 'deploy', dryRun: true })).calls).toHaveLength(2)
  })

  it('of which the one that was built here has no bill', async () => {
    const { packages, content } = await look({ artifacts: [noBill!.artifact] })
    expect([packages, content]).toEqual([[flask], { ownFiles, licencesCompared: false }])
  })

  it('own files that could not be told are not compared', async () => {
    const { ownFiles: _own, ...untold } = built!.artifact
    expect((await look({ artifacts: [untold] })).content).toEqual({ ownFiles: null, licencesCompared: true })
  })

  it('what the index has withdrawn is named', async () => {
    const yanked = [{ name: 'flask', version: '2.0' }]
    expect((await look({ artifacts: [{ ...built!.artifact, yanked }] })).packages).toContainEqual(
      expect.objectContaining({ name: 'flask', yanked: true })
    )
  })

  it('where nothing runs all of it is new, and nobody is asked', async () => {
    const { packages, content, calls, answered, all } = await look({ deployed: new Map([[key, null]]) })
    expect(packages).toEqual([
      { name: 'flask', from: null, to: '2.0' },
      { name: 'left', from: null, to: '2.0.0' }
    ])
    expect([content, calls, answered, all.deployed.get(key)]).toEqual([undefined, [], [], null])
  })

  it('the size that Lambda told stays', async () => {
    const known = new Map([[key, deployed({ contentDigest: oldDigest, sizeBytes: 77 })]])
    expect((await look({ deployed: known })).sizeBytes).toBe(77)
  })

  it('once for each content, however many regions run it', async () => {
    const targets = targetsOf(sandbox, [layer('da_flask')], ['us-east-2', 'eu-west-1'])
    const version = deployed({ contentDigest: oldDigest, sizeBytes: null })
    const known = new Map(targets.map(each => [targetKey(each), version]))
    const { calls, answered } = await look({ targets, deployed: known })
    expect(calls).toHaveLength(2)
    expect(answered).toEqual(targets.map(targetKey))
  })
})

describe('what is not known is left out', () => {
  const unknown = { packages: undefined, content: undefined, answered: [] }

  it.each<[string, World]>([
    ['what was not built', { artifacts: [] }],
    ['what was not read', { deployed: new Map() }],
    ['a version without a record', { deployed: new Map([[key, deployed({ contentDigest: null })]]) }]
  ])('%s: nobody is asked', async (_name, world) => {
    const { packages, content, answered, calls } = await look(world)
    expect({ packages, content, answered, calls }).toEqual({ ...unknown, calls: [] })
  })

  it('neither archive nor bill', async () => {
    const { packages, content, answered, sizeBytes } = await look({ archive: null, bill: null })
    expect({ packages, content, answered, sizeBytes }).toEqual({ ...unknown, sizeBytes: null })
  })

  it('no archive: the bill alone tells of packages, and nothing of whose bucket it is', async () => {
    for (const archive of [null, Buffer.from('no zip')]) {
      const { packages, content, answered, sizeBytes } = await look({ archive })
      expect(packages).toHaveLength(2)
      expect({ content, answered, sizeBytes }).toEqual({
        content: { ownFiles: null, licencesCompared: true },
        answered: [],
        sizeBytes: null
      })
    }
  })

  it('what may not be read is said, for those who look', async () => {
    const { packages, log } = await look({ archive: failure('ACCESS_DENIED'), bill: failure('AWS_FAILED') })
    expect(packages).toBeUndefined()
    expect(log.warnings).toEqual([])
    expect(log.debugged.toSorted()).toEqual([
      expect.stringMatching(/^The archive of .*ACCESS_DENIED/),
      expect.stringMatching(/^The bill of materials of .*AWS_FAILED/)
    ])
  })

  it('the end of a run is no answer', async () => {
    const error = failure('CANCELLED')
    await expect(look({ archive: error, aborted: true })).rejects.toBe(error)
  })

  it('an archive of ours that cannot be read', async () => {
    const file = join(scratch, 'broken.zip')
    await writeFile(file, 'broken')
    expect(await look({ artifacts: [{ ...built!.artifact, file }] })).toMatchObject({ packages: undefined })
  })
})

describe('a bill that does not tell of the archive beside it', () => {
  it.each<[string, () => Promise<string>]>([
    ['of another content', () => billOf(before, newDigest)],
    ['of other packages', () => billOf({ ...before, ...python('added', '1') }, oldDigest)],
    ['no document', () => Promise.resolve('{}')]
  ])('%s: a warning, and the archive tells alone', async (_name, bill) => {
    const { packages, content, log } = await look({ bill: await bill() })
    expect(log.warnings).toEqual([expect.stringMatching(/^ARTIFACT_ALTERED: .*[.]cdx[.]json/)])
    expect([packages, content]).toEqual([[flask], { ownFiles, licencesCompared: false }])
  })

  it('the order and the number of the names say nothing', async () => {
    const texts = { ...python('zeta', '1'), ...python('alpha', '1') }
    const { log } = await look({
      archive: zipped({ ...python('alpha', '1'), ...python('zeta', '1') }),
      bill: await billOf(texts, oldDigest)
    })
    expect(log.warnings).toEqual([])
  })

  it('and no archive: nothing is known', async () => {
    const { packages, log } = await look({ archive: null, bill: await billOf(before, newDigest) })
    expect([packages, log.warnings.length]).toEqual([undefined, 1])
  })
})
