import { StackStatus } from '@aws-sdk/client-cloudformation'
import { describe, expect, it } from '@jest/globals'
import { noAccess } from '../../../../src/publish-layers/target.js'
import { notReady, stackReadiness } from '../../../../src/publish-layers/engines/cloudformation/stack-status.js'
import {
  generationOf,
  parametersOf,
  stackTemplate
} from '../../../../src/publish-layers/engines/cloudformation/stack-template.js'
import { fieldsOf, readRecord, tagPrefix, tagsOf } from '../../../../src/publish-layers/deploy-record.js'

describe('F68 stack status', () => {
  it.each(Object.values(StackStatus))('%s has a meaning', status => {
    const expected =
      status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS'
        ? ['wait']
        : ['create', 'proceed', 'failed', 'stop']
    expect(expected).toContain(stackReadiness(status))
  })
  it('refuses a status that AWS does not have', () => {
    expect(() => stackReadiness('toString')).toThrow(/unknown stack status/)
  })
  it('F61 F62 says how to mend a stack that cannot be updated', () => {
    expect(notReady('s', 'ROLLBACK_COMPLETE').mend).toMatch(/^delete the stack s/)
    expect(notReady('s', 'UPDATE_ROLLBACK_FAILED').mend).toMatch(/^continue the rollback/)
    expect(notReady('s', 'DELETE_FAILED').mend).toMatch(/^look at the events/)
  })
})

describe('the template', () => {
  const properties = {
    description: '',
    licenseInfo: 'MIT',
    compatibleRuntimes: ['python3.10'],
    compatibleArchitectures: ['x86_64']
  }
  const resources = (generation: number) =>
    (
      JSON.parse(stackTemplate('dev-da-flask-layer', properties, generation, noAccess)) as {
        Resources: Record<string, Record<string, unknown>>
      }
    ).Resources
  it('F65 keeps every version, on update and on delete', () => {
    expect(resources(1)['LayerVersion']).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' })
  })
  it('leaves out what is not declared', () => {
    expect(resources(1)['LayerVersion']?.['Properties']).not.toHaveProperty('Description')
    expect(resources(1)['LayerVersion']?.['Properties']).toHaveProperty('LicenseInfo', 'MIT')
  })
  it('F59 has another logical id after a version was deleted behind its back', () => {
    expect(Object.keys(resources(2))).toEqual(['LayerVersion2'])
    const parameters = parametersOf({ artifactBucket: 'b', artifactKey: 'k' }, 2, noAccess)
    expect(generationOf(parameters)).toBe(2)
    expect(generationOf({})).toBe(1)
    expect(generationOf({ Generation: 'x' })).toBe(1)
  })
})

it('records the same in tags and in the state file', () => {
  const record = {
    sourceDigest: 's',
    contentDigest: 'c',
    artifactSha256: 'a',
    commit: 'm',
    sourceCommit: 'n',
    run: '1/1',
    repository: 'o/r'
  }
  expect(Object.keys(tagsOf(record))).toEqual(
    ['source-digest', 'content-digest', 'artifact-sha256', 'commit', 'source-commit', 'run', 'repository'].map(
      name => `layer-deploy:${name}`
    )
  )
  expect(readRecord(tagsOf(record), tagPrefix)).toEqual(record)
  expect(readRecord(fieldsOf(record), '')).toEqual(record)
  expect(readRecord({ commit: '' }, '')).toEqual({})
})
