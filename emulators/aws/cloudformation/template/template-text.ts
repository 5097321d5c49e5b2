/** The text of a template, JSON or YAML with CloudFormation's short tags, as plain JSON. */
import { parseDocument, YAMLMap, type CollectionTag, type ScalarTag } from 'yaml'
import { AwsError } from '../../lambda/aws-error.js'
import type { Json } from './template.js'

/** "Template body" in the quotas of the CloudFormation User Guide. */
const maximumBodyBytes = 51_200

export function formatError(message: string): AwsError {
  return new AwsError('ValidationError', `Template format error: ${message}`)
}

/** Throws `ValidationError` with the place of the first mistake, counted from 1. */
export function parseTemplateText(body: string): Json {
  const bytes = Buffer.byteLength(body)
  if (bytes > maximumBodyBytes) {
    const message = `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${maximumBodyBytes}`
    throw new AwsError('ValidationError', message)
  }
  return body.trimStart().startsWith('{') ? parseJson(body) : parseYaml(body)
}

function parseJson(body: string): Json {
  try {
    return JSON.parse(body) as Json
  } catch (thrown) {
    throw formatError(`JSON not well-formed. (${thrown instanceof Error ? thrown.message : String(thrown)})`)
  }
}

function parseYaml(body: string): Json {
  // The core schema keeps `2010-09-09` a string; an unknown tag is only a warning to the parser, here it is a refusal.
  const document = parseDocument(body, { schema: 'core', customTags: shortTags, prettyErrors: true })
  const problem = document.errors[0] ?? document.warnings[0]
  if (problem !== undefined) {
    const place = problem.linePos?.[0]
    const where = place === undefined ? '' : ` (line ${place.line}, column ${place.col})`
    throw formatError(`YAML not well-formed.${where} ${problem.message.split('\n')[0] ?? ''}`)
  }
  try {
    return document.toJS({ maxAliasCount: 100 }) as Json
  } catch (thrown) {
    // Aliases are followed only here: one to nowhere, or too many of them.
    throw formatError(`YAML not well-formed. ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  }
}

const functionNames: Readonly<Record<string, string>> = {
  '!Ref': 'Ref',
  '!Sub': 'Fn::Sub',
  '!Join': 'Fn::Join',
  '!GetAtt': 'Fn::GetAtt'
}

const scalarTags = Object.entries(functionNames).map(([tag, name]): ScalarTag => {
  return { tag, resolve: text => ({ [name]: name === 'Fn::GetAtt' ? splitAttribute(text) : text }) }
})

const sequenceTags = Object.entries(functionNames).map(([tag, name]): CollectionTag => {
  return {
    tag,
    collection: 'seq',
    resolve(node) {
      const call = new YAMLMap<string, unknown>()
      call.set(name, node)
      return call
    }
  }
})

const shortTags = [...scalarTags, ...sequenceTags]

/** `Layer.LayerVersionArn` → `['Layer', 'LayerVersionArn']`; an attribute's name may hold dots itself. */
export function splitAttribute(text: string): [string, string] {
  const dot = text.indexOf('.')
  return dot < 0 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)]
}
