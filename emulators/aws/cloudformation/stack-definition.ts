/** The members that say what a stack is to become, shared by the calls that make change sets and stacks. */
import { z } from 'zod'
import { AwsError } from '../lambda/aws-error.js'
import { capabilities, flag, parameterList, tagList } from './request-members.js'
import type { StackDefinition } from './stack/stack.js'
import { resolveParameters } from './template/parameter-values.js'
import { parseTemplate } from './template/parse-template.js'
import type { Template } from './template/template.js'

export const templateSource = {
  TemplateBody: z.string().min(1).optional(),
  UsePreviousTemplate: flag.optional(),
  Parameters: parameterList.optional(),
  Capabilities: capabilities.optional(),
  Tags: tagList.optional()
}

type DefinitionInput = { readonly [Name in keyof typeof templateSource]?: z.infer<(typeof templateSource)[Name]> }

/** Tags that are not given stay as they are; an empty list removes them. Throws `ValidationError`. */
export function readDefinition(input: DefinitionInput, previous: StackDefinition | null): StackDefinition {
  const template = readTemplate(input, previous)
  return {
    template,
    parameters: resolveParameters(template, input.Parameters ?? [], previous?.parameters ?? null),
    tags: input.Tags ?? previous?.tags ?? new Map(),
    capabilities: input.Capabilities ?? []
  }
}

function readTemplate(input: DefinitionInput, previous: StackDefinition | null): Template {
  if (input.UsePreviousTemplate === true) {
    if (input.TemplateBody !== undefined) {
      throw new AwsError('ValidationError', 'Cannot specify both TemplateBody and UsePreviousTemplate')
    }
    if (previous === null) throw new AwsError('ValidationError', 'There is no previous template to use')
    return previous.template
  }
  if (input.TemplateBody !== undefined) return parseTemplate(input.TemplateBody)
  throw new AwsError('ValidationError', 'Either Template URL or Template Body must be specified.')
}
