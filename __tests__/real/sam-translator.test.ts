/** SAM layers as AWS's own translator expands them, beside what the emulator and what a deploy make of them. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { expandSam, SamError } from '../../emulators/aws/cloudformation/template/expand-sam.js'
import type { JsonObject } from '../../emulators/aws/cloudformation/template/template.js'
import { noAccess, targetsOf } from '../../src/publish-layers/target.js'
import { judgeTemplate } from '../../src/publish-layers/own-template/read-own-template.js'
import { readTemplateDocument } from '../../src/publish-layers/own-template/template-document.js'
import { stackTemplate } from '../../src/publish-layers/engines/cloudformation/stack-template.js'
import { layer, sandbox } from '../support/configs.js'

const run = promisify(execFile)
const region = 'us-east-2'

const translator = `
import json, sys
import boto3
from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
session = boto3.Session(region_name='${region}')
def expand(template, values):
  try:
    return {'template': Translator({}, Parser(), boto_session=session).translate(template, values)}
  except InvalidDocumentException as error:
    return {'causes': [cause.message for cause in error.causes], 'message': error.message}
print(json.dumps([expand(*each) for each in json.load(open(sys.argv[1]))]))`

const base = {
  AWSTemplateFormatVersion: '2010-09-09',
  Transform: 'AWS::Serverless-2016-10-31',
  Parameters: { Stage: { Type: 'String', Default: 'dev' }, Bucket: { Type: 'String' }, Key: { Type: 'String' } },
  Resources: {
    Layer: {
      Type: 'AWS::Serverless::LayerVersion',
      Properties: {
        LayerName: { 'Fn::Sub': '${Stage}-da-flask-layer' },
        ContentUri: { Bucket: { Ref: 'Bucket' }, Key: { Ref: 'Key' } },
        CompatibleRuntimes: ['python3.10']
      }
    }
  }
}
const layerWith = (attributes: JsonObject, properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  ...base,
  ...more,
  Resources: {
    Layer: {
      ...base.Resources.Layer,
      ...attributes,
      Properties: { ...base.Resources.Layer.Properties, ...properties }
    },
    ...((more['Resources'] ?? {}) as JsonObject)
  }
})
const without = (name: string): JsonObject => {
  const { [name]: _left, ...rest } = base.Resources.Layer.Properties as JsonObject
  return { ...base, Resources: { Layer: { ...base.Resources.Layer, Properties: rest } } }
}
const references = {
  Outputs: {
    Ref: { Value: { Ref: 'Layer' } },
    Sub: { Value: { 'Fn::Sub': 'arn is ${Layer}, not ${!Layer} of ${AWS::Region} for ${Stage}' } },
    Join: { Value: { 'Fn::Join': [':', [{ Ref: 'Layer' }, { Ref: 'Stage' }]] } },
    Attribute: { Value: { 'Fn::GetAtt': ['Layer', 'LayerVersionArn'] } },
    Other: { Value: { Ref: 'Layer.Version' } }
  },
  Resources: {
    First: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'Layer' } } },
    Second: { Type: 'AWS::SSM::Parameter', DependsOn: ['First', 'Layer'], Properties: { Type: 'String', Value: 'x' } },
    Third: { Type: 'AWS::SSM::Parameter', DependsOn: 'Layer', Properties: { Type: 'String', Value: 'x' } }
  }
}

const templates: readonly (readonly [name: string, template: JsonObject])[] = [
  ['the least', base],
  ['with what refers to it', layerWith({}, {}, references)],
  ['UpdateReplacePolicy beside Type', layerWith({ UpdateReplacePolicy: 'Retain' }, {})],
  ['RetentionPolicy Retain', layerWith({}, { RetentionPolicy: 'Retain' })],
  ['RetentionPolicy delete, in small letters', layerWith({ DeletionPolicy: 'Retain' }, { RetentionPolicy: 'delete' })],
  ['DeletionPolicy Delete', layerWith({ DeletionPolicy: 'Delete' }, {})],
  ['no name', without('LayerName')],
  ['a URI', layerWith({}, { ContentUri: 's3://bucket/some/key.zip' })],
  ['a URI with a version', layerWith({}, { ContentUri: 's3://bucket/key.zip?versionId=abc' })],
  [
    'every property',
    layerWith(
      {},
      { Description: 'Übersicht — 層 😀 "quoted"', LicenseInfo: 'MIT', CompatibleArchitectures: ['arm64', 'x86_64'] }
    )
  ],
  ['a parameter alone', layerWith({}, { LayerName: { Ref: 'Stage' }, Description: { Ref: 'Stage' } })],
  [
    'pseudo parameters',
    layerWith({}, { Description: { 'Fn::Sub': '${AWS::Region} ${AWS::Partition} ${AWS::StackName} ${!Stage}' } })
  ],
  ['Sub with variables', layerWith({}, { LayerName: { 'Fn::Sub': ['${Stage}-${Name}', { Name: { Ref: 'Stage' } }] } })],
  [
    'DependsOn, Condition, Metadata',
    layerWith({ DependsOn: 'First', Metadata: { BuildMethod: 'python3.10' } }, {}, references)
  ],
  ['a Condition', layerWith({ Condition: 'Yes' }, {}, { Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] } } })]
]
const wrong: readonly (readonly [name: string, template: JsonObject])[] = [
  ['a local path', layerWith({}, { ContentUri: './layer' })],
  ['no content', without('ContentUri')],
  ['an object without a key', layerWith({}, { ContentUri: { Bucket: 'b' } })],
  ['an unknown property', layerWith({}, { Runtime: 'python3.10' })],
  ['an unknown policy', layerWith({}, { RetentionPolicy: 'Keep' })],
  ['a policy that is computed', layerWith({}, { RetentionPolicy: { 'Fn::If': ['Yes', 'Retain', 'Delete'] } })]
]

const values = { Stage: 'prod', Bucket: 'b', Key: 'k' }
const known = new Map([...Object.entries(values), ['AWS::Region', region], ['AWS::Partition', 'aws']])

interface Answer {
  readonly template?: JsonObject
  readonly causes?: readonly string[]
  readonly message?: string
}
let folder = ''
let answers: readonly Answer[] = []
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sam-translator-'))
  const file = join(folder, 'templates.json')
  writeFileSync(file, JSON.stringify([...templates, ...wrong].map(([, template]) => [template, values])))
  const { stdout } = await run(await pythonWithTranslator(), ['-c', translator, file], {
    env: { ...process.env, AWS_EC2_METADATA_DISABLED: 'true' }
  })
  const last = stdout.trim().split('\n').at(-1) ?? ''
  answers = JSON.parse(last) as Answer[]
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** CI installs it beside uv; elsewhere a virtual environment of this test's own does. */
async function pythonWithTranslator(): Promise<string> {
  try {
    await run('python3', ['-c', 'import samtranslator'])
    return 'python3'
  } catch {
    const venv = join(folder, 'venv')
    await run('python3', ['-m', 'venv', venv])
    const python = join(venv, 'bin/python')
    await run(python, ['-m', 'pip', 'install', '--quiet', 'aws-sam-translator==1.115.0'])
    return python
  }
}

describe("the emulator's expansion", () => {
  it.each(templates.map(([name, template], index) => [name, template, index] as const))(
    '%s: as the translator has it, logical ids included',
    (_name, template, index) => {
      expect(answers[index]?.causes).toBeUndefined()
      expect(expandSam(template, known)).toEqual(answers[index]?.template)
    }
  )

  it.each(wrong.map(([name, template], index) => [name, template, templates.length + index] as const))(
    '%s: refused in the same words',
    (_name, template, index) => {
      const { causes = [], message } = answers[index] ?? {}
      expect(causes.length).toBeGreaterThan(0)
      let thrown: unknown
      try {
        expandSam(template, known)
      } catch (error) {
        thrown = error
      }
      expect(thrown).toBeInstanceOf(SamError)
      // The hash in the id of a refused resource is of no use to anybody.
      const plain = (text: string) => text.replace(/\[Layer[0-9a-f]{0,10}\]/, '[Layer]')
      expect((thrown as SamError).causes.map(plain)).toEqual(causes.map(plain))
      expect((thrown as SamError).message).toContain(message)
    }
  )
})

describe('what a deploy makes of a SAM layer', () => {
  const own = layer('da_flask', {
    template: { file: 'da_flask/template.json', parameters: { Stage: '{stage}' }, capabilities: [] }
  })
  const [target] = targetsOf({ ...sandbox, stage: 'prod' }, [own], [region])
  const comparable = templates.filter(([name]) => ['UpdateReplacePolicy beside Type', 'every property'].includes(name))

  it.each(comparable)('%s: the same resource, its values written out', (name, template) => {
    const written = {
      ...template,
      Parameters: { Stage: { Type: 'String' } },
      Resources: {
        Layer: withProperties((template['Resources'] as JsonObject)['Layer'] as JsonObject, {
          ContentUri: { Bucket: { Ref: 'ArtifactBucket' }, Key: { Ref: 'ArtifactKey' } }
        })
      }
    }
    const bytes = new TextEncoder().encode(JSON.stringify(written))
    const document = readTemplateDocument(bytes, 'da_flask/template.json')
    const judged = judgeTemplate(document, { ...own, template: own.template! }, target!)
    const body = JSON.parse(
      stackTemplate(target!.layerName, judged.properties, 1, noAccess, judged.template)
    ) as JsonObject
    const deployed = (body['Resources'] as JsonObject)['LayerVersion'] as JsonObject
    const index = templates.findIndex(([other]) => other === name)
    const [expanded] = Object.values(answers[index]?.template?.['Resources'] as JsonObject) as JsonObject[]
    expect(deployed).toEqual({
      ...expanded,
      UpdateReplacePolicy: 'Retain',
      Properties: {
        ...(expanded!['Properties'] as JsonObject),
        LayerName: 'prod-da-flask-layer',
        Content: { S3Bucket: { Ref: 'ArtifactBucket' }, S3Key: { Ref: 'ArtifactKey' } }
      }
    })
  })
})

function withProperties(resource: JsonObject, properties: JsonObject): JsonObject {
  return { ...resource, Properties: { ...(resource['Properties'] as JsonObject), ...properties } }
}
