/**
 * AWS::SSM::Parameter: a name, a type and a value. Ref is the name.
 * Source: AWS::SSM::Parameter in the CloudFormation Template Reference.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AwsError } from '../../lambda/aws-error.js'
import type { RegionState } from '../../world.js'
import { authorize, type ResourceContext, type ResourceType } from './resource-type.js'

const settable = z.object({
  Name: z.string().optional(),
  Type: z.enum(['String', 'StringList']),
  Value: z.string().min(1).max(4096),
  Description: z.string().max(1024).optional()
})

export const ssmParameter: ResourceType = {
  name: 'AWS::SSM::Parameter',
  service: 'Ssm',
  properties: {
    Description: { shape: 'string', required: false, recreation: 'Never' },
    Name: { shape: 'string', required: false, recreation: 'Always' },
    Type: { shape: 'string', required: true, recreation: 'Never' },
    Value: { shape: 'string', required: true, recreation: 'Never' }
  },
  attributes: ['Type', 'Value'],
  taggable: true,
  create(context, properties) {
    const { Name = generatedName(context), Type, Value } = read(properties)
    authorizePut(context, Name)
    const { parameters } = regionOf(context)
    if (parameters.has(Name)) throw new AwsError('AlreadyExistsException', 'The parameter already exists.')
    parameters.set(Name, { value: Value, type: Type, version: 1 })
    return Name
  },
  update(context, physicalId, properties) {
    const { Type, Value } = read(properties)
    authorizePut(context, physicalId)
    if (context.untagged) authorize(context, 'ssm:RemoveTagsFromResource', parameterArn(context, physicalId))
    const { parameters } = regionOf(context)
    const version = (parameters.get(physicalId)?.version ?? 0) + 1
    parameters.set(physicalId, { value: Value, type: Type, version })
  },
  remove(context, physicalId) {
    authorize(context, 'ssm:DeleteParameter', parameterArn(context, physicalId))
    regionOf(context).parameters.delete(physicalId)
  },
  attribute(context, physicalId, attribute) {
    const parameter = regionOf(context).parameters.get(physicalId)
    if (parameter === undefined) throw new AwsError('ParameterNotFound', `Parameter ${physicalId} not found.`)
    return attribute === 'Type' ? parameter.type : parameter.value
  }
}

function read(properties: unknown): z.infer<typeof settable> {
  const parsed = settable.safeParse(properties)
  if (parsed.success) return parsed.data
  const first = parsed.error.issues[0]
  throw new AwsError('ValidationException', `${first?.path.join('.') ?? ''}: ${first?.message ?? 'invalid'}`)
}

function regionOf({ world, caller }: ResourceContext): RegionState {
  return world.region(caller.principal.accountId, caller.region)
}

/** What the handlers of create and update call: "handlers" in the resource type's schema. */
function authorizePut(context: ResourceContext, name: string): void {
  const arn = parameterArn(context, name)
  authorize(context, 'ssm:PutParameter', arn)
  if (context.tagged) authorize(context, 'ssm:AddTagsToResource', arn)
  authorize(context, 'ssm:GetParameters', arn)
}

/** A name that is a path keeps a single slash: "Resource types defined by AWS Systems Manager". */
function parameterArn(context: ResourceContext, name: string): string {
  const { partition, region, accountId } = regionOf(context)
  return `arn:${partition}:ssm:${region}:${accountId}:parameter/${name.replace(/^\//, '')}`
}

function generatedName({ stackId, logicalId }: ResourceContext): string {
  return `CFN-${logicalId}-${createHash('sha256').update(`${stackId} ${logicalId}`).digest('hex').slice(0, 12)}`
}
