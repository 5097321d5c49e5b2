/** The stack's status and its log of events, which always move together. */
import { randomUUID } from 'node:crypto'
import type { ResourceStatus, StackStatus } from '@aws-sdk/client-cloudformation'
import type { Stack, StackResource } from './stack.js'

/** `time` in milliseconds since 1970. */
export function setStackStatus(stack: Stack, time: number, status: StackStatus, reason: string | null): void {
  stack.status = status
  stack.statusReason = reason
  stack.events.push({
    id: randomUUID(),
    time,
    logicalId: stack.name,
    physicalId: stack.id,
    type: 'AWS::CloudFormation::Stack',
    // Every status that a stack passes through here is one that a resource can have, but for the cleanups.
    status: status as ResourceStatus,
    reason,
    clientRequestToken: stack.clientRequestToken
  })
}

export function addResourceEvent(
  stack: Stack,
  time: number,
  resource: Pick<StackResource, 'logicalId' | 'physicalId' | 'type'>,
  status: ResourceStatus,
  reason: string | null = null
): void {
  stack.events.push({
    id: `${resource.logicalId}-${status}-${randomUUID()}`,
    time,
    logicalId: resource.logicalId,
    physicalId: resource.physicalId,
    type: resource.type,
    status,
    reason,
    clientRequestToken: stack.clientRequestToken
  })
}
