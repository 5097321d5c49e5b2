/** The part of a layer's stack that lets others reach its version: permissions, and a parameter that holds the ARN. */
import type { Access } from '../../../model/index.js'
import { noAccess } from '../../target.js'
import type { Json, JsonObject } from '../../own-template/own-template.js'

export const parameterValueOutput = 'SsmParameterValue'
const parameterId = 'LayerVersionParameter'

type Section = JsonObject

/** Empty sections where nobody is told of the version: such a stack is as it always was. */
export function accessSections(
  { ssmParameter, sharedWith }: Access,
  layerName: string,
  versionId: string
): { readonly parameters: Section; readonly resources: Section; readonly outputs: Section } {
  const hasParameter = ssmParameter !== null
  return {
    parameters: {
      ...(hasParameter && { SsmParameter: { Type: 'String' } }),
      ...(sharedWith.length > 0 && { SharedWith: { Type: 'String' } })
    },
    resources: {
      ...Object.fromEntries(sharedWith.map(principal => [permissionId(principal), permission(principal, versionId)])),
      ...(hasParameter && { [parameterId]: parameter(layerName, versionId) })
    },
    outputs: {
      ...(hasParameter && { [parameterValueOutput]: { Value: { 'Fn::GetAtt': [parameterId, 'Value'] } } }),
      // Nothing else in the template uses it, which linters take for a mistake (cfn-lint W2001).
      ...(sharedWith.length > 0 && { SharedWith: { Value: { Ref: 'SharedWith' } } })
    }
  }
}

/** The stack's own parameters say what it was made for: one look at the stack tells. */
export function accessParameters({ ssmParameter, sharedWith }: Access): Record<string, string> {
  return {
    ...(ssmParameter !== null && { SsmParameter: ssmParameter }),
    ...(sharedWith.length > 0 && { SharedWith: sharedWith.join(',') })
  }
}

/** What a stack's parameters say; nothing for a stack that is not there. */
export function accessOfStack(stack: { readonly parameters: Readonly<Record<string, string>> } | null): Access {
  if (stack === null) return noAccess
  const { SsmParameter = '', SharedWith = '' } = stack.parameters
  return {
    ssmParameter: SsmParameter === '' ? null : SsmParameter,
    sharedWith: SharedWith === '' ? [] : SharedWith.split(',')
  }
}

/** What sharing and the parameter may add to a template: an own one has no such parameter, resource or output. */
export function isAccessName(name: string): boolean {
  return /^(?:SsmParameter(?:Value)?|LayerVersionParameter|SharedWith(?:\d{12}|Public|Organization[a-z0-9]+)?)$/.test(
    name
  )
}

/** A logical id has letters and digits alone. */
function permissionId(principal: string): string {
  const words = principal.startsWith('o-') ? `Organization${principal.slice(2)}` : principal
  return `SharedWith${words === 'public' ? 'Public' : words}`
}

/**
 * Each version has a permission of its own. The one of an earlier version stays when a new one takes its place
 * (UpdateReplacePolicy); it goes where it is no longer configured (DeletionPolicy).
 */
function permission(principal: string, versionId: string): Json {
  const isAccount = /^\d{12}$/.test(principal)
  return {
    Type: 'AWS::Lambda::LayerVersionPermission',
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      Action: 'lambda:GetLayerVersion',
      LayerVersionArn: { Ref: versionId },
      Principal: isAccount ? principal : '*',
      ...(principal.startsWith('o-') && { OrganizationId: principal })
    }
  }
}

function parameter(layerName: string, versionId: string): Json {
  return {
    Type: 'AWS::SSM::Parameter',
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Delete',
    Properties: {
      Name: { Ref: 'SsmParameter' },
      Type: 'String',
      Description: `ARN of the current version of the Lambda layer ${layerName}, kept by layer-deploy-action`,
      Value: { Ref: versionId }
    }
  }
}
