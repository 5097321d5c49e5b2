/** What an own template must be, and the place that each error names. */
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { CodedError } from '../../../src/model/errors.js'
import type { LayerTemplate } from '../../../src/model/index.js'
import { readTemplateDocument } from '../../../src/publish-layers/own-template/template-document.js'
import { runs } from '../../support/property-runs.js'
import { cloudformation, edited, file, judge, refusal, sam } from './judging.js'

describe('an own template that is right', () => {
  it.each([
    ['CloudFormation', cloudformation],
    ['SAM', sam]
  ])('%s: what it declares, and its content', (_kind, text) => {
    const { properties, contentFolder, retention, template } = judge(text)
    expect(properties).toEqual({
      description: '',
      licenseInfo: '',
      compatibleRuntimes: ['python3.10'],
      compatibleArchitectures: []
    })
    expect(contentFolder).toBe('')
    expect(retention).toMatchObject({ guard: 'TEMPLATE_DELETES_VERSIONS', passed: true })
    expect(template.logicalId).toBe('Layer')
    expect(template.rest).not.toHaveProperty('Transform')
    expect(template.rest['Resources']).toEqual({})
  })

  it('JSON with tabs, a byte order mark, and numbers that lose nothing', () => {
    const { Resources } = readTemplateDocument(new TextEncoder().encode(sam), file).value as { Resources: object }
    const json = JSON.stringify({ Transform: 'AWS::Serverless-2016-10-31', Resources }, null, '\t')
    expect(judge(`\uFEFF${json}`).properties.compatibleRuntimes).toEqual(['python3.10'])
    const numbers = `${sam}Outputs:\n  A: { Value: 012345678901 }\n  B: { Value: 1.10 }\n  C: { Value: 7 }\n`
    expect(judge(numbers).template.rest['Outputs']).toEqual({
      A: { Value: '012345678901' },
      B: { Value: '1.10' },
      C: { Value: 7 }
    })
  })

  it('values by Ref, Sub, Join, pseudo parameters and the configuration', () => {
    const text = edited(
      cloudformation,
      ['Name: {', 'Stage: { Type: String }\n  Runtime: { Type: String, Default: python3.12 }\n  Name: {'],
      ['!Ref Name', '!Sub ["${Stage}-${Rest}", { Rest: !Join ["-", [da, flask, layer]] }]'],
      [
        '[python3.10]',
        '[!Ref Runtime, !Ref AWS::NoValue]\n      Description: !Sub "${!Stage} in ${AWS::Region} of ${AWS::AccountId}"'
      ]
    )
    expect(judge(text, { parameters: { Stage: '{stage}' } }).properties).toMatchObject({
      compatibleRuntimes: ['python3.12'],
      description: '${Stage} in us-east-2 of 111122223333'
    })
  })

  it.each([
    [file, '.', ''],
    [file, './layer/', 'layer'],
    [file, 'src/../layer', 'layer'],
    ['template.yaml', 'da_flask', ''],
    ['deploy/aws/template.yaml', '../../da_flask/layer', 'layer'],
    [file, '{ S3Bucket: !Ref ArtifactBucket, S3Key: !Ref ArtifactKey }', '']
  ])('in %s the content %s is %j of the layer', (at, content, folder) => {
    expect(judge(edited(cloudformation, ['Content: .', `Content: ${content}`]), { file: at }).contentFolder).toBe(
      folder
    )
  })

  it('the transform stays where something else needs it, SAM alone or beside others', () => {
    const other = `${sam}  Other:\n    Type: AWS::Serverless::SimpleTable\n`
    expect(judge(other).template.rest['Transform']).toBe('AWS::Serverless-2016-10-31')
    const list = edited(sam, ['AWS::Serverless-2016-10-31', '[AWS::LanguageExtensions, AWS::Serverless-2016-10-31]'])
    expect(judge(list).template.rest['Transform']).toEqual(['AWS::LanguageExtensions'])
  })
})

describe('F65 policies: every other pair than Retain and Retain is refused before anything is built', () => {
  const verdict = (text: string) => judge(text).retention
  it.each([
    [
      'CloudFormation without a policy',
      edited(cloudformation, ['    DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain\n', '']),
      'DeletionPolicy: Retain and UpdateReplacePolicy: Retain beside Type'
    ],
    [
      'CloudFormation without UpdateReplacePolicy',
      edited(cloudformation, ['    UpdateReplacePolicy: Retain\n', '']),
      'write UpdateReplacePolicy: Retain beside Type on Layer'
    ],
    [
      'CloudFormation that deletes on deletion',
      edited(cloudformation, ['DeletionPolicy: Retain', 'DeletionPolicy: Delete']),
      'write DeletionPolicy: Retain on Layer'
    ],
    [
      'CloudFormation that retains all but what it just made',
      edited(cloudformation, ['DeletionPolicy: Retain', 'DeletionPolicy: RetainExceptOnCreate']),
      'write DeletionPolicy: Retain on Layer'
    ],
    [
      'SAM that deletes',
      edited(sam, ['ContentUri: ./', 'ContentUri: ./\n      RetentionPolicy: Delete']),
      'write RetentionPolicy: Retain on Layer'
    ],
    [
      'SAM whose RetentionPolicy overrides the attribute',
      edited(
        sam,
        ['UpdateReplacePolicy: Retain', 'UpdateReplacePolicy: Retain\n    DeletionPolicy: Retain'],
        ['ContentUri: ./', 'ContentUri: ./\n      RetentionPolicy: delete']
      ),
      'write RetentionPolicy: Retain on Layer'
    ]
  ])('%s', (_name, text, mend) => {
    expect(verdict(text)).toMatchObject({ guard: 'TEMPLATE_DELETES_VERSIONS', subject: 'da_flask', passed: false })
    expect(JSON.stringify(verdict(text))).toContain(mend)
  })

  it('SAM alone sets DeletionPolicy only: why that is not enough, where, and what to write', () => {
    expect(verdict(edited(sam, ['    UpdateReplacePolicy: Retain\n', '']))).toMatchObject({
      finding: {
        expected: 'DeletionPolicy and UpdateReplacePolicy Retain on Layer in da_flask/template.yaml:3:3',
        found:
          'RetentionPolicy Retain and UpdateReplacePolicy not given; SAM sets DeletionPolicy only, and an update deletes the version that it replaces',
        mend: 'write UpdateReplacePolicy: Retain beside Type on Layer'
      }
    })
  })

  it('SAM takes RetentionPolicy in any case', () => {
    expect(verdict(edited(sam, ['ContentUri: ./', 'ContentUri: ./\n      RetentionPolicy: RETAIN'])).passed).toBe(true)
  })
})

type Case = readonly [text: string, expected: string, given?: Partial<LayerTemplate>]
const wrong: readonly Case[] = [
  [edited(cloudformation, ['[python3.10]', '[python3.10']), '12:1: a template in YAML or JSON, found'],
  [edited(cloudformation, ['!Ref Name', '!Refer Name']), '9:18: a template in YAML or JSON, found tag resolve failed'],
  [
    edited(cloudformation, ['      Content: .', '      LayerName: x\n      Content: .']),
    '10:7: a template in YAML or JSON, found duplicate key'
  ],
  ['{ "Resources": {', '1:17: a template in YAML or JSON'],
  ['', '1:1: a template with Resources, found an empty file'],
  ['[]', '1:1: a template with Resources, found something else'],
  ['Outputs: {}\n', '1:1: the section Resources with one layer version, found none'],
  ['A: &a [*a]\n', '1:1: a template in YAML or JSON, found TypeError: Converting circular structure'],
  ['A: *a\n', '1:1: a template in YAML or JSON, found ReferenceError'],
  [`${cloudformation}!Ref A: b\n`, '12:6: a template in YAML or JSON, found a key that is no text'],
  [`${cloudformation}? [a]\n: b\n`, '12:3: a template in YAML or JSON, found a key that is no text'],
  [
    'Resources:\n  Topic: { Type: AWS::SNS::Topic }\n',
    '1:1: exactly one resource of the type AWS::Lambda::LayerVersion or AWS::Serverless::LayerVersion, found none'
  ],
  [
    `${cloudformation}  Second: { Type: AWS::Lambda::LayerVersion }\n`,
    '12:3: exactly one resource of the type AWS::Lambda::LayerVersion or AWS::Serverless::LayerVersion, found 2: Layer, Second'
  ],
  [`${cloudformation}  Fn::ForEach::More: [A, [b], {}]\n`, '12:3: resources that are written out'],
  [
    edited(sam, ['Transform: AWS::Serverless-2016-10-31\n', '']),
    '3:5: the transform AWS::Serverless-2016-10-31, found AWS::Serverless::LayerVersion without it'
  ],
  [
    edited(cloudformation, ['    Properties:', '    Condition: Sometimes\n    Properties:']),
    '8:5: a layer version that is always made'
  ],
  ['Resources:\n  Layer: { Type: AWS::Lambda::LayerVersion }\n', '2:3: Properties of Layer, found none'],
  [
    edited(cloudformation, ['!Ref Name', 'prod-da-flask-layer']),
    '9:7: LayerName of Layer to be "dev-da-flask-layer", the layer-name of da_flask in this environment, found "prod-da-flask-layer"'
  ],
  [edited(cloudformation, ['      LayerName: !Ref Name\n', '']), '8:5: LayerName of Layer to be "dev-da-flask-layer"'],
  [
    edited(cloudformation, ['!Ref Name', '!ImportValue Name']),
    '9:7: LayerName of Layer to be known before the deploy, found Fn::ImportValue'
  ],
  [
    edited(cloudformation, ['!Ref Name', '!Sub "${Name.Arn}"']),
    '9:7: LayerName of Layer to be known before the deploy, found ${Name.Arn} in a Fn::Sub'
  ],
  [
    edited(cloudformation, ['!Ref Name', '"{{resolve:ssm:name}}"']),
    '9:7: LayerName of Layer to be known before the deploy, found a dynamic reference'
  ],
  [
    edited(cloudformation, [
      'Type: String, Default: dev-da-flask-layer',
      'Type: "AWS::SSM::Parameter::Value<String>", Default: /a'
    ]),
    '9:7: LayerName of Layer to be known before the deploy'
  ],
  [
    edited(cloudformation, [', Default: dev-da-flask-layer', '']),
    '2:3: a value of the parameter Name, found none, and no Default'
  ],
  [
    cloudformation,
    '1:1: the parameter Stage in the template, as template.parameters names it',
    { parameters: { Stage: '{stage}' } }
  ],
  [
    edited(cloudformation, ['  Name: {', '  ArtifactKey: { Type: Number }\n  Name: {']),
    '2:3: ArtifactKey, which the deploy sets, to be of the type String, found "Number"'
  ],
  [
    edited(cloudformation, ['      CompatibleRuntimes: [python3.10]\n', '']),
    '8:5: CompatibleRuntimes of Layer to be a list of 1 to 15 Lambda runtimes, found 0'
  ],
  [
    edited(cloudformation, ['[python3.10]', 'python3.10']),
    '11:7: CompatibleRuntimes of Layer to be a list of Lambda runtimes, found "python3.10"'
  ],
  [
    edited(cloudformation, ['[python3.10]', '[python]']),
    '11:7: CompatibleRuntimes of Layer to be a list of Lambda runtimes'
  ],
  [
    `${cloudformation}      CompatibleArchitectures: [x86]\n`,
    '12:7: CompatibleArchitectures of Layer to be a list of x86_64, arm64'
  ],
  [
    `${cloudformation}      Description: ${'d'.repeat(257)}\n`,
    '12:7: Description of Layer to be a text of at most 256 characters'
  ],
  [`${cloudformation}      Runtime: python3.10\n`, '12:7: one of the properties LayerName'],
  [`${cloudformation}      RetentionPolicy: Retain\n`, '12:7: one of the properties LayerName'],
  [`${cloudformation}  LayerVersion: { Type: AWS::SNS::Topic }\n`, '12:3: no other resource named LayerVersion'],
  [
    `${cloudformation}Outputs:\n  LayerVersionArn: { Value: !Ref Name }\n`,
    '13:3: the output LayerVersionArn to be a Ref of Layer'
  ],
  [`${cloudformation}  Role: { Type: AWS::IAM::Role }\n`, '12:3: CAPABILITY_IAM among template.capabilities'],
  ...[
    './../other',
    '..',
    '../other',
    '../../..',
    '/da_flask',
    's3://bucket/key.zip',
    'https://example.com/a.zip',
    '[a]'
  ].map((content): Case => [
    edited(cloudformation, ['Content: .', `Content: ${content}`]),
    '10:7: Content of Layer to name a folder at or below da_flask, relative to the template'
  ])
]

describe('an own template that is wrong', () => {
  it.each(wrong)('%j: %s', (text, expected, given = {}) => {
    expect(refusal(text, given)).toContain(expected)
  })

  it('bytes that are no text, and more than a megabyte', () => {
    expect(refusal(new Uint8Array([0x41, 0xff]))).toContain('1:2: UTF-8 text')
    expect(refusal(new Uint8Array(1_000_001).fill(0x20))).toContain('at most 1,000,000 bytes')
  })

  it('a role is let through with its capability, and the output may name the attribute', () => {
    const role = `${cloudformation}  Role: { Type: AWS::IAM::Role }\nOutputs:\n  LayerVersionArn: { Value: !GetAtt Layer.LayerVersionArn }\n`
    expect(judge(role, { capabilities: ['CAPABILITY_NAMED_IAM'] }).retention.passed).toBe(true)
  })

  it('G10 3,000 damaged templates: nothing but coded errors with a place in the text', () => {
    const piece = fc.constantFrom(
      '',
      '!Ref ',
      '!Sub',
      '{',
      '}',
      '[',
      ']',
      ': ',
      '- ',
      '\n',
      '  ',
      '\t',
      '&a ',
      '*a',
      '"',
      'é',
      '\u2028',
      '!x '
    )
    const damage = fc.tuple(fc.constantFrom(cloudformation, sam), fc.nat(400), fc.nat(8), piece)
    fc.assert(
      fc.property(damage, ([text, start, length, by]) => {
        const damaged = text.slice(0, start) + by + text.slice(start + length)
        try {
          judge(damaged)
        } catch (error) {
          if (!(error instanceof CodedError) || /[\r\n]/.test(error.message)) throw error
          const { line = 0, column = 0 } = error.location ?? {}
          const lines = damaged.split('\n')
          if (line < 1 || line > lines.length || column < 1 || column > (lines[line - 1] ?? '').length + 1) throw error
        }
      }),
      { numRuns: runs(3000) }
    )
  })
})
