/** A template as it lies among the commit's files, for each region that its layer goes to. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { CodedError } from '../../../src/model/errors.js'
import {
  isTemplated,
  observeTemplates,
  planTemplates,
  type TemplatedLayer
} from '../../../src/publish-layers/own-template/observe-templates.js'
import { targetsOf } from '../../../src/publish-layers/target.js'
import { layer, sandbox } from '../../support/configs.js'

const file = 'da_flask/template.yaml'
const text = `Resources:
  Layer:
    Type: AWS::Lambda::LayerVersion
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      LayerName: dev-da-flask-layer
      Content: ./layer
      Description: !Sub "in \${AWS::Region}"
      CompatibleRuntimes: [python3.12]
  Topic: { Type: AWS::SNS::Topic }
`
const regions = ['us-east-2', 'eu-west-1']
const templated = (id: string): TemplatedLayer => {
  const own = layer(id, { template: { file: `${id}/template.yaml`, parameters: {}, capabilities: [] } })
  if (!isTemplated(own)) throw new Error('a layer without its template')
  return own
}
const flask = templated('da_flask')
const targets = targetsOf(sandbox, [flask], regions)

describe('a template among the files of the commit', () => {
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'templates-'))
    await mkdir(join(root, 'da_flask/layer'), { recursive: true })
  })
  afterEach(() => rm(root, { recursive: true }))

  const observed = async (bytes: string) => {
    await writeFile(join(root, file), bytes)
    return observeTemplates(flask, targets, root)
  }
  const refusal = async (): Promise<string> => {
    const error: unknown = await observeTemplates(flask, targets, root).catch((thrown: unknown) => thrown)
    if (!(error instanceof CodedError)) throw error
    expect(error.code).toBe('CONFIG_INVALID')
    for (const part of Object.values(error.finding)) expect(part).not.toBe('')
    return error.message
  }

  it('says what is built, and what each region gets', async () => {
    const found = await observed(text)
    expect(found.layer).toEqual({ ...flask, compatibleRuntimes: ['python3.12'] })
    expect(found.contentDirectory).toBe(join(root, 'da_flask/layer'))
    expect(found.targets.map(({ region, properties }) => [region, properties.description])).toEqual([
      ['us-east-2', 'in us-east-2'],
      ['eu-west-1', 'in eu-west-1']
    ])
    for (const { template } of found.targets)
      expect(template).toMatchObject({ read: { logicalId: 'Layer', rest: { Resources: { Topic: {} } } } })
    // One for the layer, not for each region.
    expect(found.verdicts).toMatchObject([{ guard: 'TEMPLATE_DELETES_VERSIONS', subject: 'da_flask', passed: true }])
  })

  it('is built for what it declares, and for x86_64 where it declares nothing; the version declares nothing then', async () => {
    const arm = await observed(
      text.replace('CompatibleRuntimes', 'CompatibleArchitectures: [arm64]\n      CompatibleRuntimes')
    )
    expect(arm.layer.compatibleArchitectures).toEqual(['arm64'])
    const silent = await observed(text)
    expect(silent.layer.compatibleArchitectures).toEqual(['x86_64'])
    expect(silent.targets.map(({ properties }) => properties.compatibleArchitectures)).toEqual([[], []])
  })

  it('leaves a stack that is not made of it as it is', async () => {
    await writeFile(join(root, file), text)
    const [other] = targetsOf(sandbox, [layer('da_flask')], ['us-east-2'])
    const { targets: found } = await observeTemplates(flask, [other!], root)
    expect(found.map(({ template }) => template)).toEqual([null])
  })

  it('that is not there is refused, with its path, the layer and also-watch', async () => {
    for (const named of [file, 'layer da_flask', 'also-watch']) expect(await refusal()).toContain(named)
    await mkdir(join(root, file))
    expect(await refusal()).toContain('no such file')
  })

  it('that is no plain file, or has no end, is refused before it is read to memory', async () => {
    await symlink('/dev/zero', join(root, file))
    expect(await refusal()).toContain('a device')
    await rm(join(root, file))
    await writeFile(join(root, file), '#'.repeat(1_000_002))
    expect(await refusal()).toContain(`${file} to be a plain file of at most 1000000 bytes`)
  })

  it('whose content is no folder is refused, with the place that it names', async () => {
    await rm(join(root, 'da_flask/layer'), { recursive: true })
    await writeFile(join(root, file), text)
    for (const named of ['layer da_flask', join('da_flask', 'layer'), file]) expect(await refusal()).toContain(named)
    await writeFile(join(root, 'da_flask/layer'), '')
    expect(await refusal()).toContain('no such folder')
  })

  it('for no region at all is a defect', async () => {
    await writeFile(join(root, file), text)
    await expect(observeTemplates(flask, [], root)).rejects.toThrow('no region for the layer da_flask')
  })
})

describe('a plan', () => {
  const gitWith = (files: Readonly<Record<string, string>>) => ({
    readFile: (revision: string, path: string) => {
      const found = revision === 'head' ? files[path] : undefined
      return Promise.resolve(found === undefined ? null : Buffer.from(found))
    }
  })

  it('judges once each template that the superproject itself holds, each with its own targets', async () => {
    const other = templated('da_other')
    const both = targetsOf(sandbox, [flask, other, templated('elsewhere')], regions)
    const git = gitWith({
      [file]: text,
      'da_other/template.yaml': text.replace('da-flask', 'da-other').replace('DeletionPolicy: Retain\n    ', '')
    })
    const verdicts = await planTemplates([templated('elsewhere'), flask, other], both, 'head', git)
    expect(verdicts.map(({ subject, passed }) => [subject, passed])).toEqual([
      ['da_flask', true],
      ['da_other', false]
    ])
  })

  it('refuses what it can see to be wrong in any region', async () => {
    const wrong = text.replace('dev-da-flask-layer', '!Sub "${AWS::Region}"')
    await expect(planTemplates([flask], targets, 'head', gitWith({ [file]: wrong }))).rejects.toThrow('LayerName')
  })
})

it('a layer has a template, or the one that every stack has', () => {
  expect(isTemplated(flask)).toBe(true)
  expect(isTemplated(layer('da_flask'))).toBe(false)
  expect(isTemplated(layer('da_flask', { template: null }))).toBe(false)
})
