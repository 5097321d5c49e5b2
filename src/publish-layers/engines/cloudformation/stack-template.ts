import type { Access, LayerProperties } from '../../../model/index.js'
import { mergeTemplate } from '../../own-template/merge-template.js'
import { isObject, type JsonObject, type ReadTemplate } from '../../own-template/own-template.js'
import { accessParameters, accessSections } from './stack-access.js'

/** What the stack's parameters say, beside the template. */
export interface StackParameters {
  readonly artifactBucket: string
  readonly artifactKey: string
}

export const layerVersionArnOutput = 'LayerVersionArn'

/**
 * The stack of one layer. Both policies are `Retain`: without UpdateReplacePolicy an update would delete the old version
 * (AWS CloudFormation template reference, "UpdateReplacePolicy attribute").
 *
 * @param generation 1, or one more for each time that a version was deleted behind the stack's back: only another logical
 *   id makes CloudFormation publish the same content again.
 * @param own the team's template, which the layer version becomes part of
 */
export function stackTemplate(
  layerName: string,
  properties: LayerProperties,
  generation: number,
  access: Access,
  own: ReadTemplate | null = null
): string {
  const logicalId = generation === 1 ? 'LayerVersion' : `LayerVersion${generation}`
  const { parameters, resources, outputs } = accessSections(access, layerName, logicalId)
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Lambda layer ${layerName}, kept by layer-deploy-action`,
    Parameters: {
      ArtifactBucket: { Type: 'String' },
      ArtifactKey: { Type: 'String' },
      Generation: { Type: 'String', Default: '1' },
      ...parameters
    },
    Resources: {
      [logicalId]: {
        Type: 'AWS::Lambda::LayerVersion',
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          LayerName: layerName,
          Content: { S3Bucket: { Ref: 'ArtifactBucket' }, S3Key: { Ref: 'ArtifactKey' } },
          CompatibleRuntimes: properties.compatibleRuntimes,
          ...(properties.compatibleArchitectures.length === 0
            ? {}
            : { CompatibleArchitectures: properties.compatibleArchitectures }),
          ...(properties.description === '' ? {} : { Description: properties.description }),
          ...(properties.licenseInfo === '' ? {} : { LicenseInfo: properties.licenseInfo })
        }
      },
      ...resources
    },
    Outputs: { ...generationOutput(own), [layerVersionArnOutput]: { Value: { Ref: logicalId } }, ...outputs }
  }
  return own === null ? JSON.stringify(template, null, 1) : JSON.stringify(mergeTemplate(template, logicalId, own))
}

/** The parameter is for whoever reads the stack; one that nothing in the template uses is taken for a mistake (cfn-lint W2001). */
function generationOutput(own: ReadTemplate | null): JsonObject {
  const theirs = own?.rest['Outputs']
  const isTaken = isObject(theirs) && 'Generation' in theirs
  return isTaken ? {} : { Generation: { Value: { Ref: 'Generation' } } }
}

export function parametersOf(parameters: StackParameters, generation: number, access: Access): Record<string, string> {
  return {
    ArtifactBucket: parameters.artifactBucket,
    ArtifactKey: parameters.artifactKey,
    Generation: String(generation),
    ...accessParameters(access)
  }
}

/** The generation that a stack's parameters name; 1 where they name none. */
export function generationOf(parameters: Readonly<Record<string, string>>): number {
  const generation = Number(parameters['Generation'] ?? '1')
  return Number.isSafeInteger(generation) && generation > 0 ? generation : 1
}
