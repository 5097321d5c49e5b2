/** What sharing and the parameter need beside a deploy, only where they are configured. */
import { ssmParameterOf } from '../../model/naming/names.js'
import type { Environment, Layer } from '../../model/index.js'
import { allow, type ConditionBlock, type Permission } from './permission.js'

const throughStacks: ConditionBlock = {
  'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' }
}

/**
 * Sources: Service Authorization Reference; "handlers" in the schemas of AWS::Lambda::LayerVersionPermission and
 * AWS::SSM::Parameter.
 * @param layers by id, or `*` for all of them
 * @param versionArns of their versions
 */
export function accessPermissions(
  environment: Environment,
  layers: readonly Pick<Layer, 'id'>[],
  versionArns: readonly string[]
): readonly Permission[] {
  return [...sharing(environment, versionArns), ...parameters(environment, layers)]
}

function sharing({ shareWith, engine }: Environment, versionArns: readonly string[]): readonly Permission[] {
  if (shareWith.length === 0) return []
  const actions = {
    'lambda:AddLayerVersionPermission': 'share-with is configured: lets those use the version',
    'lambda:RemoveLayerVersionPermission': 'takes it back from who is no longer configured'
  }
  const condition = engine === 'cloudformation' ? throughStacks : {}
  return [
    allow('ShareVersions', versionArns, actions, condition),
    allow('ReadSharing', versionArns, {
      'lambda:GetLayerVersionPolicy': 'who may use the version is read back, by the run and by CloudFormation'
    })
  ]
}

/** Stack tags reach the parameter, hence the two actions on tags. */
function parameters(environment: Environment, layers: readonly Pick<Layer, 'id'>[]): readonly Permission[] {
  const { partition, accountId, regions } = environment
  const resources = regions.flatMap(region =>
    layers.flatMap(layer => {
      const name = ssmParameterOf(environment, layer, region)
      // "Resource types defined by AWS Systems Manager": a name that is a path keeps a single slash.
      return name === null ? [] : [`arn:${partition}:ssm:${region}:${accountId}:parameter/${name.replace(/^\//, '')}`]
    })
  )
  if (resources.length === 0) return []
  const actions = {
    'ssm:PutParameter': 'ssm-parameter is configured: holds the current ARN',
    'ssm:GetParameters': 'CloudFormation reads back what it wrote',
    'ssm:DeleteParameter': 'a parameter that got another name, or is no longer configured',
    'ssm:AddTagsToResource': 'CloudFormation gives it the tags of its stack',
    'ssm:RemoveTagsFromResource': 'and takes off those that the stack lost (after a rollback)'
  }
  return [allow('NameVersions', resources, actions, throughStacks)]
}
