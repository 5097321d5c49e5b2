/** The text of a template as values, and the place of each of its keys. */
import { describe, expect, it } from '@jest/globals'
import { readTemplateDocument } from '../../../src/publish-layers/own-template/template-document.js'
import { refusal } from './judging.js'

const read = (text: string) => readTemplateDocument(new TextEncoder().encode(text), 'template.yaml')
const valueOf = (expression: string): unknown => read(`A: ${expression}\n`).value['A']

describe('the values', () => {
  it.each([
    ['!Ref B', { Ref: 'B' }],
    ['!Condition B', { Condition: 'B' }],
    ['!GetAtt Layer.LayerVersionArn', { 'Fn::GetAtt': ['Layer', 'LayerVersionArn'] }],
    ['!GetAtt Stack.Outputs.Arn', { 'Fn::GetAtt': ['Stack', 'Outputs.Arn'] }],
    ['!GetAtt Layer', { 'Fn::GetAtt': ['Layer'] }],
    ['!GetAtt [Layer, LayerVersionArn]', { 'Fn::GetAtt': ['Layer', 'LayerVersionArn'] }],
    ['!Sub "${B}.c"', { 'Fn::Sub': '${B}.c' }],
    ['!Transform { Name: B }', { 'Fn::Transform': { Name: 'B' } }],
    [
      '!If [B, !Ref C, !Not [!Equals [d, e]]]',
      { 'Fn::If': ['B', { Ref: 'C' }, { 'Fn::Not': [{ 'Fn::Equals': ['d', 'e'] }] }] }
    ],
    ['2010-09-09', '2010-09-09'],
    ['0644', '0644'],
    ['1e3', '1e3'],
    ['0x10', '0x10'],
    ['-7', -7],
    ['yes', 'yes'],
    ['true', true]
  ])('%s', (expression, value) => {
    expect(valueOf(expression)).toEqual(value)
  })
})

describe('the place', () => {
  const document = read('# first\nResources:\n  A: &shared\n    Type: B\n  C: *shared\n7: d\n')
  it.each([
    [[], '2:1'],
    [['Resources', 'A', 'Type'], '4:5'],
    [['Resources', 'C', 'Type'], '4:5'],
    [['Resources', 'C', 'Other'], '5:3'],
    [['Resources', 'Other', 'Type'], '2:1'],
    [['Resources', 'A', 'Type', 'B'], '4:5'],
    [['7'], '6:1']
  ])('of %j is %s', (path, place) => {
    expect(document.placeOf(path)).toBe(`template.yaml:${place}`)
    const { line, column, file } = document.error(path, { expected: 'a', found: 'b', mend: 'c' }).location ?? {}
    expect(`${file}:${line}:${column}`).toBe(`template.yaml:${place}`)
  })
})

describe('a text that is no template', () => {
  it.each([
    ['# first\n\n[]\n', '3:1: a template with Resources, found something else'],
    ['# nothing\n', 'a template with Resources, found an empty file'],
    // One line of the parser's, without the frame that it draws.
    ['A: !Refer b\n', '1:4: a template in YAML or JSON, found tag resolve failed (Unresolved tag: !Refer).'],
    ['[1]: b\n', '1:1: a template in YAML or JSON, found a key that is no text'],
    ['A:\n  !Sub {b: c}: d\n', '2:8: a template in YAML or JSON, found a key that is no text']
  ])('%j: %s', (text, expected) => {
    expect(refusal(text)).toContain(expected)
  })

  it('as brackets alone, which exhaust a parser', () => {
    expect(refusal('['.repeat(20_000)).slice(0, 200)).toContain('a template in YAML or JSON, found')
  })
})
