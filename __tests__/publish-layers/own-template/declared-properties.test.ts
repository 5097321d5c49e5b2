/** What a version declares must be known before it is built, and be what AWS takes. */
import { describe, expect, it } from '@jest/globals'
import type { LayerProperties } from '../../../src/model/index.js'
import { cloudformation, edited, judge, refusal } from './judging.js'

/** With one more property. */
const declaring = (property: string): string => `${cloudformation}      ${property}\n`
const described = (expression: string): string => judge(declaring(`Description: ${expression}`)).properties.description
const undescribed = (expression: string): string => refusal(declaring(`Description: ${expression}`))
const named = (expression: string): string => refusal(edited(cloudformation, ['!Ref Name', expression]))
const runtimes = (list: string): string => edited(cloudformation, ['[python3.10]', list])
const times = (count: number): string => `[${Array<string>(count).fill('python3.10').join(', ')}]`

describe('a declared value', () => {
  it.each<[string, Partial<LayerProperties>]>([
    ['LicenseInfo: MIT', { licenseInfo: 'MIT' }],
    [`LicenseInfo: ${'l'.repeat(512)}`, { licenseInfo: 'l'.repeat(512) }],
    [`Description: ${'d'.repeat(256)}`, { description: 'd'.repeat(256) }],
    ['CompatibleArchitectures: [x86_64, arm64]', { compatibleArchitectures: ['x86_64', 'arm64'] }],
    ['Description: !Ref AWS::NoValue', { description: '' }]
  ])('%s', (property, expected) => {
    expect(judge(declaring(property)).properties).toMatchObject(expected)
  })

  it.each([
    ['7', '7'],
    ['!Sub "${AWS::StackName}"', 'dev-da-flask-layer'],
    ['!Sub "a ${A} b"', 'a x b', 'A: { Type: Number, Default: x }'],
    ['!Sub ["${A}${B}", { A: !Sub "${AWS::Region}", B: 5 }]', 'us-east-25'],
    ['!Join ["-", [a, !Ref AWS::NoValue, 5]]', 'a-5'],
    ['!Join ["", [!Ref Name, b]]', 'dev-da-flask-layerb'],
    ['!Ref Count', '7', 'Count: { Type: Number, Default: 7 }'],
    ['!Ref Listed', '["a"]', 'Listed: { Type: String, Default: [a] }']
  ])('%s is %s', (expression, value, parameter = '') => {
    const text = edited(declaring(`Description: ${expression}`), [
      'Parameters:\n',
      `Parameters:\n${parameter === '' ? '' : `  ${parameter}\n`}`
    ])
    expect(judge(text).properties.description).toBe(value)
  })

  it('has a name of its own, though every object has one of that name', () => {
    const text = edited(declaring('Description: !Sub "${constructor}"'), [
      'Parameters:\n',
      'Parameters:\n  constructor: { Type: String, Default: built }\n'
    ])
    expect(judge(text).properties.description).toBe('built')
    expect(refusal(edited(text, [', Default: built', '']))).toContain('2:3: a value of the parameter constructor')
  })

  it('may be 15 runtimes, not 16', () => {
    expect(judge(runtimes(times(15))).properties.compatibleRuntimes).toHaveLength(15)
    expect(refusal(runtimes(times(16)))).toContain('a list of 1 to 15 Lambda runtimes, found 16')
    expect(refusal(runtimes('[]'))).toContain('a list of 1 to 15 Lambda runtimes, found 0')
  })
})

describe('a value that AWS does not take', () => {
  it.each([
    [declaring(`LicenseInfo: ${'l'.repeat(513)}`), 'LicenseInfo of Layer to be a text of at most 512 characters'],
    [declaring('Description: [a]'), 'Description of Layer to be a text of at most 256 characters, found a list'],
    [declaring('Description: true'), 'Description of Layer to be a text of at most 256 characters, found the boolean'],
    [declaring('CompatibleArchitectures: [x86_64, riscv]'), 'a list of x86_64, arm64, found a list with'],
    [declaring('CompatibleArchitectures: arm64'), 'a list of x86_64, arm64, found "arm64"'],
    // A pattern would take the one item of a list for its text.
    [runtimes('[[python3.10]]'), 'CompatibleRuntimes of Layer to be a list of Lambda runtimes, found a list with'],
    [runtimes('[true]'), 'CompatibleRuntimes of Layer to be a list of Lambda runtimes'],
    [
      declaring('Runtime: x'),
      'LayerName, Description, LicenseInfo, CompatibleRuntimes, CompatibleArchitectures, Content, found "Runtime"'
    ]
  ])('%j: %s', (text, expected) => {
    expect(refusal(text)).toContain(expected)
  })
})

describe('a value that cannot be known before the deploy', () => {
  it.each([
    ['"a {{resolve:ssm:name}}"', 'a dynamic reference'],
    ['!Join ["", ["{{resolve:", "ssm:name}}"]]', 'a dynamic reference'],
    ['!Sub ["${A}", { A: "{{resolve:ssm:name}}" }]', '${A} in a Fn::Sub'],
    ['{}', 'a mapping'],
    ['{ Ref: Name, Other: b }', 'a mapping'],
    ['!Ref [a]', 'a Ref of ["a"]'],
    ['!Ref Unknown', 'a Ref of "Unknown"'],
    ['!Ref AWS::StackId', 'a Ref of "AWS::StackId"'],
    ['[a, !ImportValue b]', 'Fn::ImportValue'],
    ['!Sub { a: b }', 'a Fn::Sub without a text'],
    ['!Sub [[a], {}]', 'a Fn::Sub without a text'],
    ['!Sub ["${Name}", text]', 'a Fn::Sub without a text'],
    ['!Sub ["${A}", { A: [a] }]', '${A} in a Fn::Sub'],
    ['!Sub ["${A}", { A: true }]', '${A} in a Fn::Sub'],
    ['!Sub ["${A}", { A: !Ref AWS::NoValue }]', '${A} in a Fn::Sub'],
    ['!Sub "${Unknown} ${Name}"', '${Unknown} in a Fn::Sub'],
    ['!Join text', 'a Fn::Join without a list'],
    ['!Join ["-"]', 'a Fn::Join without a list'],
    ['!Join ["-", text]', 'a Fn::Join without a list'],
    ['!Join ["-", !Ref AWS::NoValue]', 'a Fn::Join without a list'],
    ['!Join [[a], [b]]', 'a Fn::Join without a list'],
    ['!Join ["-", [a, !ImportValue b]]', 'Fn::ImportValue'],
    ['!Join ["-", [a, [b]]]', 'a Fn::Join of other things than texts'],
    ['!Join ["-", [a, true]]', 'a Fn::Join of other things than texts']
  ])('%s', (expression, found) => {
    expect(undescribed(expression)).toContain(`Description of Layer to be known before the deploy, found ${found}.`)
  })

  it('is one thing, an empty text another', () => {
    expect(described('""')).toBe('')
    expect(described('!Join ["-", []]')).toBe('')
  })
})

describe('another LayerName than the configuration’s', () => {
  it.each([
    ['other-name', 'found "other-name"', true],
    ['"no name"', 'found "no name"', false],
    ['!Ref AWS::NoValue', 'found none', false],
    ['[a]', 'found a list', false],
    ['true', 'found the boolean true', false]
  ])('%s: what was found, and layer-name where it could be that', (expression, found, couldBe) => {
    const line = named(expression)
    expect(line).toContain(`${found}. To fix: correct LayerName or template.parameters`)
    expect(line.endsWith('template.parameters.')).toBe(!couldBe)
    expect(line.includes('layer-name in the configuration')).toBe(couldBe)
  })
})
