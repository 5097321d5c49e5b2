/** What a change gives CloudFormation: our template with its parameters, or the team's own. */
import type { StackDescription } from '../../../ports/inventory.js'
import { CodedError } from '../../../model/errors.js'
import type { Access } from '../../../model/index.js'
import { noAccess, sameProperties } from '../../target.js'
import { generationOf, parametersOf, stackTemplate } from './stack-template.js'
import type { StackChange } from './change-set.js'
import type { PublishOrder, RecordOrder } from '../engine.js'

type Definition = Pick<StackChange, 'templateBody' | 'parameters'>

/** Of a stack that is to publish the artifact. @throws CodedError CONFIG_INVALID where only the own template could bring it */
export function publishedStack(
  { target, properties, artifact, previous }: Omit<PublishOrder, 'record'>,
  before: StackDescription | null,
  generation: number,
  access: Access
): Definition {
  const { layerName, template } = target
  const place = { artifactBucket: artifact.bucket, artifactKey: artifact.key }
  const parameters = parametersOf(place, generation, access)
  if (template === null) return { templateBody: stackTemplate(layerName, properties, generation, access), parameters }
  if (template.read !== null) {
    const templateBody = stackTemplate(layerName, properties, generation, access, template.read)
    return { templateBody, parameters: { ...template.parameters, ...parameters } }
  }
  const declared = previous?.properties ?? null
  if (before === null || declared === null || !sameProperties(declared, properties)) {
    throw onlyByDeploy(layerName)
  }
  // The template as it is shares as it did.
  return { templateBody: null, parameters: { ...kept(before), ...parametersOf(place, generation, noAccess) } }
}

/** Of a stack whose version stays. */
export function recordedStack(
  target: RecordOrder['target'],
  properties: RecordOrder['properties'],
  before: StackDescription
): Definition {
  const { layerName, template, access } = target
  const generation = generationOf(before.parameters)
  const { ArtifactBucket = '', ArtifactKey = '' } = before.parameters
  const parameters = parametersOf({ artifactBucket: ArtifactBucket, artifactKey: ArtifactKey }, generation, access)
  if (template === null) return { templateBody: stackTemplate(layerName, properties, generation, access), parameters }
  if (template.read === null) return { templateBody: null, parameters: kept(before) }
  const templateBody = stackTemplate(layerName, properties, generation, access, template.read)
  return { templateBody, parameters: { ...template.parameters, ...parameters } }
}

/** Every parameter as it is; those with NoEcho cannot even be read. */
function kept({ parameters }: StackDescription): Record<string, null> {
  return Object.fromEntries(Object.keys(parameters).map(name => [name, null]))
}

function onlyByDeploy(layerName: string): CodedError {
  return new CodedError('CONFIG_INVALID', {
    expected: `the stack of ${layerName} to declare already what the version declares`,
    found: 'an own template that declares something else',
    mend: 'revert the change of the template and push: a deploy brings content and template together'
  })
}
