import { describe, expect, it } from '@jest/globals'
import { computeChanges } from '../../../emulators/aws/cloudformation/stack/changes.js'
import type {
  StackDefinition,
  StackResource,
  ResourceChange
} from '../../../emulators/aws/cloudformation/stack/stack.js'
import type { Json, JsonObject } from '../../../emulators/aws/cloudformation/template/template.js'
import { parseTemplate } from '../../../emulators/aws/cloudformation/template/parse-template.js'

const layer = (properties: object = {}, more: object = {}): object => ({
  Type: 'AWS::Lambda::LayerVersion',
  ...more,
  Properties: { Content: { S3Bucket: 'b', S3Key: { Ref: 'Key' } }, ...properties }
})
const pointer = (value: Json, more: object = {}): object => ({
  Type: 'AWS::SSM::Parameter',
  ...more,
  Properties: { Type: 'String', Value: value }
})

function definition(resources: object, key = 'v1', tags: [string, string][] = []): StackDefinition {
  const body = JSON.stringify({ Parameters: { Key: { Type: 'String' } }, Resources: resources })
  return { template: parseTemplate(body), parameters: new Map([['Key', key]]), tags: new Map(tags), capabilities: [] }
}

function made(
  logicalId: string,
  type: string,
  properties: JsonObject,
  deletionPolicy: 'Delete' | 'Retain' = 'Delete'
): StackResource {
  const physicalId = `old-${logicalId}`
  const state = { status: 'CREATE_COMPLETE' as const, tags: new Map<string, string>(), updatedAt: 0 }
  return { logicalId, type, physicalId, properties, deletionPolicy, ...state }
}

/** What is there: a layer of key `v1`, and a pointer to it. */
const there = [
  made('Layer', 'AWS::Lambda::LayerVersion', { Content: { S3Bucket: 'b', S3Key: 'v1' } }),
  made('Pointer', 'AWS::SSM::Parameter', { Type: 'String', Value: 'old-Layer' })
]

function changes(
  before: StackDefinition | null,
  after: StackDefinition,
  resources = before === null ? [] : there
): readonly ResourceChange[] {
  return computeChanges({
    before,
    after,
    resources: new Map(resources.map(one => [one.logicalId, one])),
    scope: values => ({
      value: name => after.parameters.get(name) ?? values.physicalId(name),
      attribute: (id, attribute) => values.attribute(id, attribute)
    }),
    attribute: resource => resource.physicalId
  })
}
const both = (value: Json = { Ref: 'Layer' }): object => ({ Layer: layer(), Pointer: pointer(value) })
const brief = (list: readonly ResourceChange[]): unknown =>
  list.map(one => [
    one.logicalId,
    one.action,
    one.replacement,
    one.policyAction,
    one.details.map(detail => detail.source)
  ])

describe('computeChanges', () => {
  it('adds what is not there, with values that are known only later', () => {
    const list = changes(null, definition(both()))
    expect(brief(list)).toEqual([
      ['Layer', 'Add', null, null, []],
      ['Pointer', 'Add', null, null, []]
    ])
    expect(list[1]?.after).toEqual({ Type: 'String', Value: '{{changeSet:KNOWN_AFTER_APPLY}}' })
  })

  it('finds nothing between equal definitions, nor for DependsOn, an unused parameter value or the order of keys', () => {
    const before = definition(both())
    expect(changes(before, definition(both()))).toEqual([])
    expect(
      changes(before, definition({ Pointer: pointer({ Ref: 'Layer' }, { DependsOn: 'Layer' }), Layer: layer() }))
    ).toEqual([])
  })

  it('a replaced layer carries its pointer along, in place', () => {
    expect(brief(changes(definition(both()), definition(both(), 'v2')))).toEqual([
      ['Layer', 'Modify', 'True', 'ReplaceAndDelete', ['ParameterReference', 'DirectModification']],
      ['Pointer', 'Modify', 'False', null, ['ResourceReference']]
    ])
  })

  it('an attribute of a replaced layer is known only later, and names what causes it', () => {
    const withAttribute = both({ 'Fn::GetAtt': ['Layer', 'LayerVersionArn'] })
    const list = changes(definition(withAttribute), definition(withAttribute, 'v2'))
    expect(list[1]?.details).toEqual([
      {
        attribute: 'Properties',
        name: 'Value',
        requiresRecreation: 'Never',
        evaluation: 'Dynamic',
        source: 'ResourceAttribute',
        causingEntity: 'Layer.LayerVersionArn'
      }
    ])
  })

  it('a replacement that hangs on a later value is Conditional', () => {
    const described = (): object => ({
      Pointer: pointer({ Ref: 'Key' }),
      Layer: layer({ Description: { 'Fn::GetAtt': ['Pointer', 'Value'] } })
    })
    const resources = [
      made('Layer', 'AWS::Lambda::LayerVersion', {
        Content: { S3Bucket: 'b', S3Key: 'v1' },
        Description: 'old-Pointer'
      }),
      made('Pointer', 'AWS::SSM::Parameter', { Type: 'String', Value: 'v0' })
    ]
    expect(brief(changes(definition(described()), definition(described()), resources))).toEqual([
      ['Layer', 'Modify', 'Conditional', 'ReplaceAndDelete', ['ResourceAttribute']],
      ['Pointer', 'Modify', 'False', null, ['DirectModification']]
    ])
  })

  it("the new template's UpdateReplacePolicy decides what becomes of the old version", () => {
    const kept = { Layer: layer({}, { UpdateReplacePolicy: 'Retain' }), Pointer: pointer({ Ref: 'Layer' }) }
    expect(changes(definition(both()), definition(kept, 'v2'))[0]).toMatchObject({
      policyAction: 'ReplaceAndRetain',
      scope: ['Properties', 'UpdateReplacePolicy']
    })
    expect(changes(definition(kept), definition(both(), 'v2'))[0]).toMatchObject({ policyAction: 'ReplaceAndDelete' })
  })

  it('a property that goes or comes is a change', () => {
    for (const [before, after] of [
      [layer(), layer({ LicenseInfo: 'MIT' })],
      [layer({ LicenseInfo: 'MIT' }), layer()]
    ]) {
      const now = JSON.stringify(before).includes('MIT') ? { LicenseInfo: 'MIT' } : {}
      const resource = made('Layer', 'AWS::Lambda::LayerVersion', { Content: { S3Bucket: 'b', S3Key: 'v1' }, ...now })
      expect(brief(changes(definition({ Layer: before }), definition({ Layer: after }), [resource]))).toEqual([
        ['Layer', 'Modify', 'True', 'ReplaceAndDelete', ['DirectModification']]
      ])
    }
  })

  it('removes what the template lost, by the policy that it was made with', () => {
    const resources = [...there, made('Kept', 'AWS::SSM::Parameter', {}, 'Retain')]
    expect(brief(changes(definition(both()), definition({ Layer: layer() }), resources))).toEqual([
      ['Kept', 'Remove', null, 'Retain', []],
      ['Pointer', 'Remove', null, 'Delete', []]
    ])
  })

  it('stack tags change what can carry tags, and never a layer', () => {
    const after = definition(both(), 'v1', [['k', 'v']])
    expect(changes(definition(both()), after)).toMatchObject([
      { logicalId: 'Pointer', replacement: 'False', scope: ['Tags'] }
    ])
  })
})
