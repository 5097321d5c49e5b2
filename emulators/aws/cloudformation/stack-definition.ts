/** The members that say what a stack is to become, shared by the calls that make change sets and stacks. */
import { z } from 'zod'
import { AwsError } from '../lambda/aws-error.js'
import type { RegionState } from '../world.js'
import { capabilities, flag, parameterList, tagList } from './request-members.js'
import type { StackDefinition } from './stack/stack.js'
import { resolveParameters } from './template/parameter-values.js'
import { parseTemplate } from './template/parse-template.js'
import { parseTemplateText } from './template/template-text.js'
import type { Template } from './template/template.js'
import { namesTransform } from './template/transforms.js'

export const templateSource = {
  TemplateBody: z.string().min(1).optional(),
  UsePreviousTemplate: flag.optional(),
  Parameters: parameterList.optional(),
  Capabilities: capabilities.optional(),
  Tags: tagList.optional()
}

type DefinitionInput = { readonly [Name in keyof typeof templateSource]?: z.infer<(typeof templateSource)[Name]> }

/** Where a stack is: the pseudo parameters that a transform knows. */
type Place = Pick<RegionState, 'region' | 'partition'>

/** Tags that are not given stay as they are; an empty list removes them. Throws `ValidationError`, `TransformFailure`. */
export function readDefinition(
  input: DefinitionInput,
  previous: StackDefinition | null,
  place: Place
): StackDefinition {
  const given = input.Parameters ?? []
  const before = previous?.parameters ?? null
  const template = parseTemplate(bodyOf(input, previous), parameters => {
    const values = resolveParameters({ parameters }, given, before)
    return new Map([...values, ['AWS::Region', place.region], ['AWS::Partition', place.partition]])
  })
  return {
    template,
    parameters: resolveParameters(template, given, before),
    ...attributesOf(input, previous)
  }
}

/** Of a change set whose template could not be expanded: it is made, and fails. */
export function failedDefinition(input: DefinitionInput, previous: StackDefinition | null): StackDefinition {
  const template: Template = {
    body: bodyOf(input, previous),
    ...{ version: null, description: null, metadata: null, transforms: [] },
    ...{ parameters: new Map(), resources: new Map(), outputs: new Map() }
  }
  return { template, parameters: new Map(), ...attributesOf(input, previous) }
}

/**
 * CreateStack and UpdateStack expand no macro that nobody saw expanded; to a change set the capability says nothing.
 * Source: CreateStack and CreateChangeSet, Capabilities, CloudFormation API reference.
 */
export function requireExpansion(input: DefinitionInput, previous: StackDefinition | null): void {
  if (input.Capabilities?.includes('CAPABILITY_AUTO_EXPAND') === true) return
  if (!namesTransform(parseTemplateText(bodyOf(input, previous)))) return
  throw new AwsError('InsufficientCapabilitiesException', 'Requires capabilities : [CAPABILITY_AUTO_EXPAND]')
}

function attributesOf(
  input: DefinitionInput,
  previous: StackDefinition | null
): Pick<StackDefinition, 'tags' | 'capabilities'> {
  return { tags: input.Tags ?? previous?.tags ?? new Map(), capabilities: input.Capabilities ?? [] }
}

function bodyOf(input: DefinitionInput, previous: StackDefinition | null): string {
  if (input.UsePreviousTemplate === true) {
    if (input.TemplateBody !== undefined) {
      throw new AwsError('ValidationError', 'Cannot specify both TemplateBody and UsePreviousTemplate')
    }
    if (previous === null) throw new AwsError('ValidationError', 'There is no previous template to use')
    return previous.template.body
  }
  if (input.TemplateBody !== undefined) return input.TemplateBody
  throw new AwsError('ValidationError', 'Either Template URL or Template Body must be specified.')
}
