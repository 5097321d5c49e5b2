/** Two templates that are right, and how one is judged for the layer `da_flask` in us-east-2. */
import { expect } from '@jest/globals'
import { CodedError } from '../../../src/model/errors.js'
import type { LayerTemplate } from '../../../src/model/index.js'
import { judgeTemplate, type JudgedTemplate } from '../../../src/publish-layers/own-template/read-own-template.js'
import { readTemplateDocument } from '../../../src/publish-layers/own-template/template-document.js'
import { targetsOf } from '../../../src/publish-layers/target.js'
import { layer, sandbox } from '../../support/configs.js'

export const file = 'da_flask/template.yaml'

export const cloudformation = `Parameters:
  Name: { Type: String, Default: dev-da-flask-layer }
Resources:
  Layer:
    Type: AWS::Lambda::LayerVersion
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      LayerName: !Ref Name
      Content: .
      CompatibleRuntimes: [python3.10]
`
export const sam = `Transform: AWS::Serverless-2016-10-31
Resources:
  Layer:
    Type: AWS::Serverless::LayerVersion
    UpdateReplacePolicy: Retain
    Properties:
      LayerName: dev-da-flask-layer
      ContentUri: ./
      CompatibleRuntimes: [python3.10]
`

export function judge(text: string | Uint8Array, given: Partial<LayerTemplate> = {}): JudgedTemplate {
  const template = { file, parameters: {}, capabilities: [], ...given }
  const own = { ...layer('da_flask'), template }
  const [target] = targetsOf(sandbox, [own], ['us-east-2'])
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return judgeTemplate(readTemplateDocument(bytes, template.file), own, target!)
}

export function edited(text: string, ...edits: readonly (readonly [piece: string, by: string])[]): string {
  return edits.reduce((whole, [piece, by]) => {
    if (!whole.includes(piece)) throw new Error(`not in the template: ${piece}`)
    return whole.replace(piece, () => by)
  }, text)
}

/** `line:column: rest of the error line`. */
export function refusal(text: string | Uint8Array, given: Partial<LayerTemplate> = {}): string {
  try {
    judge(text, given)
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    expect(error.code).toBe('CONFIG_INVALID')
    for (const part of Object.values(error.finding)) expect(part).not.toBe('')
    return error.message.replace(`${given.file ?? file}:`, '').replace(' CONFIG_INVALID: Expected', '')
  }
  throw new Error('the template was accepted')
}
