import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { policyFindings } from '../../../emulators/aws/iam/policy-findings.js'
import type { Config } from '../../../src/model/index.js'
import { iamPolicy, iamPolicyFiles, type IamPolicyOptions } from '../../../src/setup/iam-policy/index.js'
import { maximumPolicyCharacters } from '../../../src/setup/iam-policy/policy.js'
import { layer, production, sandbox } from '../../support/configs.js'

const config: Config = {
  environments: [
    sandbox,
    {
      ...production,
      engine: 'lambda',
      branches: ['main', 'release'],
      regions: ['us-east-2', 'eu-west-1'],
      artifactBucketTemplate: 'code-{stage}-{region}'
    }
  ],
  layers: [layer('da_flask'), layer('da_framework')]
}
const options: IamPolicyOptions = {
  for: 'role',
  environments: null,
  repository: 'octo-org/superproject',
  repositoryId: '4711'
}
type Json = Record<string, Record<string, Record<string, unknown>>>

describe('iamPolicy', () => {
  const [forSandbox, forProduction] = iamPolicy(config, options)

  it('names the layers of each environment in its own account and regions, and nothing else', () => {
    const text = JSON.stringify(forProduction!.deploy)
    expect(text).toContain('arn:aws:lambda:eu-west-1:444455556666:layer:prod-da-flask-layer')
    expect(text).toContain('arn:aws:s3:::code-prod-eu-west-1/layer-deploy/state/prod-da-framework-layer.json')
    expect(text).not.toMatch(/111122223333|cloudformation|dev-/)
    expect(JSON.stringify(forSandbox!.deploy)).not.toMatch(/444455556666|prod-/)
  })

  it('trusts jobs of the repository, in the environment, on its branches', () => {
    expect(forProduction!.deployTrust).toMatchObject({
      Statement: [
        {
          Principal: { Federated: 'arn:aws:iam::444455556666:oidc-provider/token.actions.githubusercontent.com' },
          Condition: {
            StringEquals: {
              'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
              'token.actions.githubusercontent.com:sub': 'repo:octo-org/superproject:environment:production',
              'token.actions.githubusercontent.com:repository_id': '4711',
              'token.actions.githubusercontent.com:ref': ['refs/heads/main', 'refs/heads/release']
            }
          }
        }
      ]
    })
    expect(JSON.stringify(forSandbox!.planTrust)).toContain('repo:octo-org/superproject:pull_request')
  })

  it.each(['us-gov-west-1', 'cn-north-1'])('stays in the partition of %s', region => {
    const partition = region.startsWith('cn') ? 'aws-cn' : 'aws-us-gov'
    const access = { shareWith: ['444455556666'], ssmParameterTemplate: '/layers/{stage}/{region}/{layer}' }
    const environments = [{ ...sandbox, ...access, partition, regions: [region] } as const]
    const files = iamPolicyFiles({ ...config, environments }, options)
      .map(({ text }) => text)
      .join('\n')
    expect(files).toContain(`arn:${partition}:ssm:${region}:111122223333:parameter/layers/dev/${region}/da-flask`)
    expect(files).toContain('lambda:AddLayerVersionPermission')
    expect(files).not.toContain('arn:aws:')
  })

  it('gives a reason for each action of each policy', () => {
    for (const access of [forSandbox!, forProduction!]) {
      const [deploying = '', planning = ''] = access.comment.split('## Plan')
      for (const [policy, text] of [[access.deploy, deploying] as const, [access.plan, planning] as const]) {
        const actions = policy.Statement.flatMap(({ Action }) => [Action].flat())
        const rows = text.split('\n').filter(line => /^\| (deny )?`/.test(line))
        expect(rows).toHaveLength(actions.length)
        for (const row of rows) expect(row).toMatch(/ \| [^|]{10,} \|$/)
      }
    }
  })

  it('a template makes provider, roles and bucket, each by choice, the bucket safe', () => {
    const { Resources: resources, Conditions } = parse(forSandbox!.template) as Json
    expect(Object.keys(resources!)).toEqual([
      'Provider',
      'PlanPolicy',
      'DeployPolicy',
      'PlanRole',
      'DeployRole',
      'Bucket',
      'BucketPolicy'
    ])
    expect(Object.values(resources!).every(({ Condition }) => (Condition as string) in Conditions!)).toBe(true)
    expect(resources!['DeployPolicy']!['Properties']).toMatchObject({ PolicyDocument: forSandbox!.deploy })
    expect(resources!['Bucket']).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        BucketName: '111122223333-code-deployment',
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true }
      }
    })
    const regional = parse(forProduction!.template) as Json
    expect(regional['Resources']!['Bucket']!['Properties']).toMatchObject({
      BucketName: { 'Fn::Sub': 'code-prod-${AWS::Region}' }
    })
  })

  it('for a user: no trust, the policy attached to the user, a word about the age of keys', () => {
    const [access] = iamPolicy(config, { ...options, for: 'user' })
    expect(access).toMatchObject({ planTrust: null, deployTrust: null })
    expect(access!.comment).toContain('90 days')
    const { Resources, Parameters } = parse(access!.template) as Json
    expect(Object.keys(Resources!)).toEqual(['DeployPolicy', 'Bucket', 'BucketPolicy'])
    expect(Resources!['DeployPolicy']!['Properties']).toMatchObject({ Users: [{ Ref: 'UserName' }] })
    expect(Object.keys(Parameters!)).toContain('UserName')
  })

  it('a policy that would be too long names the layers by a pattern, and says so', () => {
    const layers = Array.from({ length: 300 }, (_, index) => layer(`layer_${index}`))
    for (const environment of config.environments) {
      const [access] = iamPolicy({ environments: [environment], layers }, options)
      expect(JSON.stringify(access!.deploy).length).toBeLessThanOrEqual(maximumPolicyCharacters)
      expect(JSON.stringify(access!.deploy)).toContain(`layer:${environment.stage}-*-layer`)
      expect(policyFindings(access!.deploy)).toEqual([])
      expect(access!.comment).toContain('`*` stands in place of the layer id')
    }
  })

  it('without the number of the repository the template asks for it', () => {
    const [access] = iamPolicy(config, { ...options, repositoryId: null })
    expect(access!.deployTrust).toBeNull()
    const { Parameters } = parse(access!.template) as Json
    expect(Parameters!['RepositoryId']).not.toHaveProperty('Default')
    expect(iamPolicyFiles(config, { ...options, repositoryId: null }).map(({ path }) => path)).toEqual(
      ['sandbox', 'production'].flatMap(name =>
        ['plan-policy.json', 'deploy-policy.json', 'access.template.yml', 'permissions.md'].map(
          file => `${name}/${file}`
        )
      )
    )
  })

  it.each([
    [{ environments: ['staging'] }, /"staging".*name one of them/],
    [{ repository: 'octo-org/*' }, /owner\/name/],
    [{ repository: 'octo-org/a:b' }, /owner\/name/],
    [{ repositoryId: '*' }, /number/]
  ])('refuses %j', (change, message) => {
    expect(() => iamPolicy(config, { ...options, ...change })).toThrow(message)
  })
})

describe('F126 a key that encrypts', () => {
  const arn = 'arn:aws:kms:{region}:444455556666:key/mrk-0123EXAMPLE'
  const keys = ['us-east-2', 'eu-west-1'].map(region => arn.replace('{region}', region))
  const actionsOn = (document: { readonly Statement: readonly unknown[] }) =>
    (document.Statement as { Action: string | string[]; Resource: string | string[] }[])
      .filter(({ Resource }) => [Resource].flat().some(resource => resource.includes(':kms:')))
      .map(({ Action, Resource }) => ({ actions: [Action].flat(), resources: [Resource].flat() }))

  it.each([
    ['lambda', [{ actions: ['kms:Decrypt'], resources: keys }]],
    ['cloudformation', [{ actions: ['kms:Decrypt'], resources: keys }]]
  ] as const)('engine %s: a deploy encrypts and reads, a plan reads what it must', (engine, plan) => {
    const environments = [{ ...config.environments[1]!, engine, encryption: { kind: 'kms-key', arn } as const }]
    const [access] = iamPolicy({ ...config, environments }, options)
    expect(actionsOn(access!.deploy)).toEqual([{ actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: keys }])
    expect(actionsOn(access!.plan)).toEqual(plan)
    expect(policyFindings(access!.deploy)).toEqual([])
  })

  it('is in no policy where S3 encrypts with its own', () => {
    const environments = config.environments.map(each => ({ ...each, encryption: { kind: 'aes256' } as const }))
    expect(iamPolicy({ ...config, environments }, options).flatMap(({ deploy }) => actionsOn(deploy))).toEqual([])
  })
})
