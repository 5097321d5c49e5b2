import { describe, expect, it } from '@jest/globals'
import { brokenParameterRule } from '../../src/model/naming/limits.js'
import { ssmParameterOf } from '../../src/model/naming/names.js'
import { sandbox } from '../support/configs.js'
import { accepted, edited, place, placeOf, refusal } from './example.js'

/** The sandbox of the example with further keys. */
const shared = (...lines: readonly string[]) => edited(['stage: dev', ['stage: dev', ...lines].join('\n    ')])
const message = (...lines: readonly string[]) => refusal(shared(...lines)).message

describe('share-with', () => {
  it.each([
    ['share-with: ["444455556666"]', ['444455556666']],
    ['share-with: o-a1b2c3d4e5', ['o-a1b2c3d4e5']],
    ['share-with: public\n    share-publicly: true', ['public']]
  ])('%s', (written, expected) => {
    expect(accepted(shared(written)).environments[0]?.shareWith).toEqual(expected)
  })

  it('F3 public needs a second word, which stands nowhere else', () => {
    const alone = shared('share-with: public')
    expect(refusal(alone).message).toContain(
      'Expected share-publicly: true beside share-with: public, since every AWS account could read the layers, found share-with: public alone. To fix: add share-publicly: true if that is what you mean, or name accounts or an organization'
    )
    expect(place(refusal(alone))).toBe(placeOf(alone, 'public'))
    expect(message('share-publicly: true')).toContain('found no share-with. To fix: delete share-publicly')
    const both = shared('share-with: o-a1b2c3d4e5', 'share-publicly: true')
    expect(refusal(both).message).toContain('found share-with that names others. To fix: delete share-publicly')
    expect(place(refusal(both))).toBe(placeOf(both, 'share-publicly'))
    expect(message('share-with: public', 'share-publicly: false')).toContain('share-publicly to be true')
  })

  it.each(['o-short', 'o-A1B2C3D4E5', 'ou-a1b2-c3d4e5f6', `o-${'a'.repeat(33)}`, '"444455556666"'])(
    'F3 %s is no organization id',
    id => {
      const text = shared(`share-with: ${id}`)
      expect(refusal(text).message).toContain('one organization id (o- and 10 to 32 lower-case letters and digits)')
      expect(place(refusal(text))).toBe(placeOf(text, id))
    }
  )

  it('F3 an account id without quotes, too short, twice, none, too many, its own', () => {
    const unquoted = shared('share-with: [444455556666]')
    expect(refusal(unquoted).message).toContain('To fix: put the number in quotes: "444455556666"')
    expect(place(refusal(unquoted))).toBe(placeOf(unquoted, '444455556666]'))
    expect(message('share-with: 444455556666')).toContain(
      'found the number 444455556666. To fix: write for example share-with: ['
    )
    expect(message('share-with: ["44445555666"]')).toContain('an AWS account id of 12 digits in quotes')
    expect(message('share-with: ["444455556666", "444455556666"]')).toContain('found "444455556666" twice')
    expect(message('share-with: []')).toContain('a list of 1 to 50 account ids, each once, found an empty list')
    const many = Array.from({ length: 51 }, (_, n) => `"${String(n).padStart(12, '0')}"`)
    expect(message(`share-with: [${many.join(', ')}]`)).toContain('share with more accounts by their organization id')
    expect(accepted(shared(`share-with: [${many.slice(1).join(', ')}]`)).environments[0]?.shareWith).toHaveLength(50)
    const own = shared('share-with: ["444455556666", "111122223333"]')
    expect(refusal(own).message).toContain('the account of sandbox itself, which may use its layers anyway')
    expect(place(refusal(own))).toBe(placeOf(own, '"111122223333"]'))
    expect(message('share-with: [o-a1b2c3d4e5]')).toContain('an AWS account id of 12 digits')
    expect(message('share-with: Public')).toContain('To fix: write public if that is what you mean')
  })
})

describe('ssm-parameter', () => {
  it('expands its placeholders, _ of the layer id as -', () => {
    const environment = { ...sandbox, ssmParameterTemplate: '/{environment}/{stage}/{region}/{layer}' }
    expect(ssmParameterOf(environment, { id: 'da_flask' }, 'us-east-2')).toBe('/sandbox/dev/us-east-2/da-flask')
    expect(ssmParameterOf(sandbox, { id: 'da_flask' }, 'us-east-2')).toBeNull()
  })

  it.each([
    ['layers/a', 'a / at the beginning of a name with levels'],
    ['/layers//a', 'no empty level'],
    ['/layers/a/', 'no empty level'],
    ['/aws/a', 'a name that begins neither with aws nor with ssm'],
    ['SSM-a', 'a name that begins neither with aws nor with ssm'],
    ['/a b', 'letters, digits, and . - _ / alone'],
    ['/a:b', 'letters, digits, and . - _ / alone'],
    ['/a'.repeat(16), 'at most 15 levels'],
    ['a'.repeat(901), 'at most 900 characters (1,011 with the ARN before the name)']
  ])('F3 the name %s breaks a rule of AWS', (name, rule) => {
    expect(brokenParameterRule(name)).toBe(rule)
  })

  it.each(['/a'.repeat(15), 'a'.repeat(900), 'layer', '/layers/dev/da-flask', 'a.b-c_d'])('%s is a name', name => {
    expect(brokenParameterRule(name)).toBeNull()
  })

  it('F3 a name that AWS refuses, and an unknown placeholder, have their place', () => {
    const wrong = shared('ssm-parameter: layers/{layer}')
    expect(refusal(wrong).message).toContain(
      'found "layers/da-flask" for layer da_flask in sandbox. To fix: correct ssm-parameter'
    )
    expect(place(refusal(wrong))).toBe(placeOf(wrong, 'layers/{layer}'))
    expect(message('ssm-parameter: /layers/{layerr}')).toContain('To fix: write {layer} if that is what you mean')
  })

  it('F3 one name for two layers, or for two environments of one account', () => {
    const text = shared('ssm-parameter: /layers/{stage}')
    expect(refusal(text).message).toContain(
      'Expected each parameter name once in an account and region, found "/layers/dev" for layer da_flask in sandbox and for layer da_framework in sandbox. To fix: put {layer} and {stage} into ssm-parameter'
    )
    expect(place(refusal(text))).toBe(placeOf(text, '/layers/{stage}'))
    const both = (account: string) =>
      shared('ssm-parameter: /layers/{layer}')
        .replace('stage: prod', 'stage: prod\n    ssm-parameter: /layers/{layer}')
        .replace('"444455556666"', account)
    expect(refusal(both('"111122223333"')).message).toContain(
      'for layer da_flask in sandbox and for layer da_flask in production'
    )
    expect(accepted(both('"444455556666"')).environments[1]?.ssmParameterTemplate).toBe('/layers/{layer}')
  })

  it('F3 has no effect with engine lambda, and is refused', () => {
    const text = shared('engine: lambda', 'ssm-parameter: /layers/{layer}')
    expect(refusal(text).message).toContain(
      'Expected ssm-parameter with the engine cloudformation only, found engine: lambda, which makes no stack. To fix: use engine: cloudformation, or delete ssm-parameter'
    )
    expect(accepted(shared('engine: lambda', 'share-with: o-a1b2c3d4e5')).environments[0]?.engine).toBe('lambda')
  })
})
