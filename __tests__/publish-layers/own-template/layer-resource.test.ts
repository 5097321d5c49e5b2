/** Which resource the layer version is, what keeps its versions, where its content lies. */
import { describe, expect, it } from '@jest/globals'
import type { Verdict } from '../../../src/model/index.js'
import { cloudformation, edited, judge, refusal, sam } from './judging.js'

const beside = (resource: string): string => `${cloudformation}  ${resource}\n`

describe('the resources', () => {
  it.each([
    ['A: null', 'A without one'],
    ['A: text', 'A without one'],
    ['A: {}', 'A without one'],
    ['A: { Type: [AWS::SNS::Topic] }', 'A without one'],
    ['Fn::Transform: { Type: AWS::SNS::Topic }', 'Fn::Transform without one']
  ])('are written out: not %s', (resource, found) => {
    expect(refusal(beside(resource))).toContain(
      `12:3: resources that are written out, each with a Type, found ${found}`
    )
  })

  it.each([
    ['Other: 1\nResources: []\n', '2:1: the section Resources with one layer version, found none'],
    ['Other: 1\nResources: {}\n', '2:1: exactly one resource of the type'],
    [beside('Second: { Type: AWS::Serverless::LayerVersion }'), '12:3: exactly one resource of the type']
  ])('hold one layer version, and the error stands where it is not: %j', (text, expected) => {
    expect(refusal(text)).toContain(expected)
  })

  it('keep their places and types beside it, whatever their names', () => {
    const { template } = judge(beside('constructor: { Type: AWS::SNS::Topic }\n  Z: { Type: Custom::LayerVersion }'))
    expect(template.rest['Resources']).toEqual({
      constructor: { Type: 'AWS::SNS::Topic' },
      Z: { Type: 'Custom::LayerVersion' }
    })
  })
})

describe('the policies', () => {
  const findingOf = (verdict: Verdict): string => {
    if (verdict.passed !== false) throw new Error('the policies were accepted')
    for (const part of Object.values(verdict.finding)) expect(part).not.toBe('')
    return verdict.finding.found
  }
  const found = (text: string, ...edits: (readonly [string, string])[]): string =>
    findingOf(judge(edited(text, ...edits)).retention)
  const noted = 'SAM sets DeletionPolicy only'

  it('of SAM: DeletionPolicy counts where RetentionPolicy is not given', () => {
    const attribute = (policy: string) =>
      edited(sam, ['UpdateReplacePolicy: Retain', `UpdateReplacePolicy: Retain\n    DeletionPolicy: ${policy}`])
    expect(judge(attribute('retain')).retention).toMatchObject({ passed: true })
    expect(found(attribute('Delete'))).toBe('RetentionPolicy Delete and UpdateReplacePolicy Retain')
  })

  it('of CloudFormation count as they are written, and nothing as not given', () => {
    expect(found(cloudformation, ['DeletionPolicy: Retain', 'DeletionPolicy: retain'])).toBe(
      'DeletionPolicy retain and UpdateReplacePolicy Retain'
    )
    const none = found(cloudformation, ['    DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain\n', ''])
    expect(none).toBe('DeletionPolicy not given and UpdateReplacePolicy not given')
  })

  it('that are no texts are no Retain', () => {
    const policy = '{ Ref: Policy }'
    expect(found(sam, ['ContentUri: ./', `ContentUri: ./\n      RetentionPolicy: ${policy}`])).toContain(
      'RetentionPolicy {"Ref":"Policy"}'
    )
    expect(found(cloudformation, ['DeletionPolicy: Retain', `DeletionPolicy: ${policy}`])).toContain('{"Ref":"Policy"}')
  })

  it('of SAM alone, without UpdateReplacePolicy, bring the note of what SAM does', () => {
    expect(found(sam, ['    UpdateReplacePolicy: Retain\n', ''])).toContain(noted)
    expect(found(sam, ['UpdateReplacePolicy: Retain', 'UpdateReplacePolicy: Delete'])).not.toContain(noted)
    expect(found(cloudformation, ['    UpdateReplacePolicy: Retain\n', ''])).not.toContain(noted)
  })

  it('that are right say of which resource', () => {
    expect(judge(sam).retention).toMatchObject({ passed: true, detail: expect.stringContaining('Layer') })
  })
})

describe('the content', () => {
  const asUri = (content: string): string => edited(sam, ['ContentUri: ./', `ContentUri: ${content}`])
  const asContent = (content: string): string => edited(cloudformation, ['Content: .', `Content: ${content}`])

  it('may be the archive that the deploy names', () => {
    expect(judge(asUri('{ Bucket: !Ref ArtifactBucket, Key: !Ref ArtifactKey }')).contentFolder).toBe('')
  })

  it.each([
    ['{ S3Bucket: !Ref Other, S3Key: !Ref ArtifactKey }', 'something else than a path'],
    ['{ S3Bucket: !Ref ArtifactBucket, S3Key: !Ref Other }', 'something else than a path'],
    ['{ S3Bucket: ArtifactBucket, S3Key: !Ref ArtifactKey }', 'something else than a path'],
    ['{ S3Bucket: !Ref ArtifactBucket, S3Key: ArtifactKey }', 'something else than a path'],
    ['{ S3Bucket: !Ref ArtifactBucket, Key: !Ref ArtifactKey }', 'something else than a path'],
    ['{ S3Key: !Ref ArtifactKey }', 'something else than a path'],
    ['{ S3Bucket: !Ref ArtifactBucket, S3Key: !Ref ArtifactKey, S3ObjectVersion: a }', 'something else than a path'],
    ['{ Bucket: !Ref ArtifactBucket, Key: !Ref ArtifactKey }', 'something else than a path'],
    ['null', 'something else than a path'],
    ["'layer\\own'", String.raw`"layer\\own"`],
    ['da_flask_other', '"da_flask_other"'],
    ['!Ref Folder', 'something else than a path']
  ])('is a folder of the layer: not %s', (content, found) => {
    const at = content === 'da_flask_other' ? '../da_flask_other' : content
    expect(refusal(asContent(at))).toContain('10:7: Content of Layer to name a folder at or below da_flask')
    expect(refusal(asContent(at))).toContain(at === content ? `found ${found}` : 'found "../da_flask_other"')
  })

  it('is given', () => {
    expect(refusal(edited(cloudformation, ['      Content: .\n', '']))).toContain('found none')
    expect(refusal(edited(sam, ['      ContentUri: ./\n', '']))).toContain('ContentUri of Layer')
    expect(refusal(asUri('{ Bucket: !Ref ArtifactKey, Key: !Ref ArtifactKey }'))).toContain('ContentUri of Layer')
  })
})
