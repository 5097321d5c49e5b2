/** Stacks, their resources and events as response members. */
import type { XmlTree } from '../xml.js'
import { list, parameterMembers, tagMembers, timestamp } from './members.js'
import type { Stack, StackEvent, StackResource } from './stack/stack.js'

const noDrift = { StackDriftStatus: 'NOT_CHECKED' }
const noResourceDrift = { StackResourceDriftStatus: 'NOT_CHECKED' }

export function stackSummary(stack: Stack): XmlTree {
  return {
    StackId: stack.id,
    StackName: stack.name,
    TemplateDescription: stack.definition?.template.description,
    CreationTime: timestamp(stack.createdAt),
    LastUpdatedTime: stack.updatedAt === null ? null : timestamp(stack.updatedAt),
    DeletionTime: stack.deletedAt === null ? null : timestamp(stack.deletedAt),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DriftInformation: noDrift
  }
}

export function stackMembers(stack: Stack): XmlTree {
  const { TemplateDescription, ...shared } = stackSummary(stack)
  const outputs = stack.outputs.map(({ key, value, description }) => {
    return { OutputKey: key, OutputValue: value, Description: description }
  })
  return {
    ...shared,
    Description: TemplateDescription,
    ChangeSetId: stack.changeSetId,
    Parameters: parameterMembers(stack.definition),
    RollbackConfiguration: {},
    DisableRollback: false,
    NotificationARNs: list([]),
    Capabilities: list(stack.definition?.capabilities ?? []),
    Outputs: list(outputs),
    Tags: tagMembers(stack.definition),
    EnableTerminationProtection: stack.terminationProtection
  }
}

export function eventMembers(stack: Stack, event: StackEvent): XmlTree {
  return {
    StackId: stack.id,
    EventId: event.id,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: timestamp(event.time),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ClientRequestToken: event.clientRequestToken
  }
}

export function resourceMembers(stack: Stack, resource: StackResource): XmlTree {
  return {
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    Timestamp: timestamp(resource.updatedAt),
    ResourceStatus: resource.status,
    DriftInformation: noResourceDrift
  }
}

export function resourceSummary(resource: StackResource): XmlTree {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    LastUpdatedTimestamp: timestamp(resource.updatedAt),
    ResourceStatus: resource.status,
    DriftInformation: noResourceDrift
  }
}
