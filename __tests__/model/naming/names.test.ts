import { describe, expect, it } from '@jest/globals'
import { artifactBucketOf, layerNameOf, stackNameOf } from '../../../src/model/naming/names.js'
import { editDistance, nearest } from '../../../src/model/naming/nearest.js'
import { knownRegions, partitionOf, regionPattern } from '../../../src/model/naming/regions.js'
import { accepted, example } from '../../config/example.js'

const [sandbox, production] = accepted(example).environments
const layer = { id: 'da_flask' }

describe('names', () => {
  it('are made of the templates; _ in the layer id becomes -', () => {
    expect(layerNameOf(sandbox!, layer)).toBe('dev-da-flask-layer')
    expect(layerNameOf(production!, layer)).toBe('prod-da-flask-layer')
    expect(layerNameOf({ ...sandbox!, layerNameTemplate: '{environment}_{layer}_{layer}' }, layer)).toBe(
      'sandbox_da-flask_da-flask'
    )
  })

  it('a stack is called as its layer unless stack-name says otherwise', () => {
    expect(stackNameOf(sandbox!, layer)).toBe('dev-da-flask-layer')
    expect(stackNameOf({ ...sandbox!, stackNameTemplate: 'layers-{stage}-{layer}' }, layer)).toBe('layers-dev-da-flask')
  })

  it('a bucket may be named by region', () => {
    expect(artifactBucketOf(sandbox!, 'us-east-2')).toBe('111122223333-code-deployment')
    const environment = { ...sandbox!, artifactBucketTemplate: 'code-{stage}-{region}-{environment}' }
    expect(artifactBucketOf(environment, 'eu-west-1')).toBe('code-dev-eu-west-1-sandbox')
  })

  it.each(['{region}', '{nonsense}', '{__proto__}', '{toString}'])(
    'a placeholder without a value throws: %s',
    template => {
      expect(() => layerNameOf({ ...sandbox!, layerNameTemplate: template }, layer)).toThrow(`no value for ${template}`)
    }
  )
})

describe('nearest', () => {
  it.each([
    ['', '', 0],
    ['abc', '', 3],
    ['kitten', 'sitting', 3],
    ['regions', 'regoins', 2]
  ])('edit distance of %j and %j', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
    expect(editDistance(b, a)).toBe(distance)
  })

  it('ignores case, - and _, finds parts of names, and else finds nothing', () => {
    const keys = ['account-id', 'compatible-runtimes', 'path']
    expect(nearest('ACCOUNT_ID', keys)).toBe('account-id')
    expect(nearest('runtimes', keys)).toBe('compatible-runtimes')
    expect(nearest('pth', keys)).toBe('path')
    expect(nearest('zebra', keys)).toBeNull()
    expect(nearest('id', keys)).toBeNull()
    expect(nearest('path'.repeat(100), keys)).toBeNull()
  })
})

describe('regions', () => {
  it.each(knownRegions)('%s has the shape of a region', region => {
    expect(regionPattern.test(region)).toBe(true)
    const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
    expect(partitionOf(region)).toBe(partition)
  })
})
