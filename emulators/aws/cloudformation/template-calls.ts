/** ValidateTemplate and GetTemplateSummary. */
import { z } from 'zod'
import { AwsError } from '../lambda/aws-error.js'
import type { XmlTree } from '../xml.js'
import type { Call } from './call.js'
import { list } from './members.js'
import * as members from './request-members.js'
import { requireStack } from './stack/lookup.js'
import { parseTemplate } from './template/parse-template.js'
import type { Template } from './template/template.js'

const bodyMembers = z.strictObject({ TemplateBody: z.string().min(1) })

export function validateTemplate(call: Call): XmlTree {
  const { TemplateBody } = members.readMembers(call.parameters, bodyMembers)
  const template = parseTemplate(TemplateBody)
  const parameters = [...template.parameters.values()].map(({ name, defaultValue, noEcho, description }) => {
    return { ParameterKey: name, DefaultValue: defaultValue, NoEcho: noEcho, Description: description }
  })
  return { Description: template.description, Parameters: list(parameters), ...transformMembers(template) }
}

const summaryMembers = z.strictObject({
  TemplateBody: z.string().min(1).optional(),
  StackName: members.stackName.optional()
})

export function getTemplateSummary(call: Call): XmlTree {
  const template = summarised(call)
  const parameters = [...template.parameters.values()].map(one => ({
    ParameterKey: one.name,
    DefaultValue: one.defaultValue,
    ParameterType: one.type,
    NoEcho: one.noEcho,
    Description: one.description,
    ParameterConstraints: { AllowedValues: list(one.allowedValues ?? []) }
  }))
  return {
    Parameters: list(parameters),
    Description: template.description,
    ResourceTypes: list([...template.resources.values()].map(resource => resource.type)),
    Version: template.version,
    ...transformMembers(template),
    Metadata: template.metadata === null ? null : JSON.stringify(template.metadata)
  }
}

function transformMembers({ transforms }: Template): XmlTree {
  const reason = `The following transform(s) are used in this template: ${transforms.join(', ')}`
  return {
    Capabilities: list(transforms.length === 0 ? [] : ['CAPABILITY_AUTO_EXPAND']),
    CapabilitiesReason: transforms.length === 0 ? null : reason,
    DeclaredTransforms: list(transforms)
  }
}

function summarised(call: Call): Template {
  const input = members.readMembers(call.parameters, summaryMembers)
  if (input.TemplateBody !== undefined) return parseTemplate(input.TemplateBody)
  if (input.StackName === undefined) {
    throw new AwsError('ValidationError', 'Either StackName or TemplateBody must be specified.')
  }
  const { definition } = requireStack(call.state, input.StackName, 'Stack with id')
  if (definition === null) throw new AwsError('ValidationError', `Stack ${input.StackName} has no template`)
  return definition.template
}
