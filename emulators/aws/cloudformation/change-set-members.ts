/** Change sets as response members. */
import type { ChangeDetail, ResourceChange } from './stack/stack.js'
import type { XmlTree } from '../xml.js'
import { list, parameterMembers, tagMembers, timestamp } from './members.js'
import type { FoundChangeSet } from './stack/lookup.js'

export function changeSetSummary({ stack, changeSet }: FoundChangeSet): XmlTree {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    ExecutionStatus: changeSet.executionStatus,
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    CreationTime: timestamp(changeSet.createdAt),
    Description: changeSet.description,
    IncludeNestedStacks: false,
    ImportExistingResources: false
  }
}

/** A change set shows its changes once it was created. */
export function changeSetMembers(found: FoundChangeSet, withValues: boolean): XmlTree {
  const { changeSet } = found
  const { definition } = changeSet
  const isCreated = changeSet.status === 'CREATE_COMPLETE'
  return {
    ...changeSetSummary(found),
    Parameters: parameterMembers(definition),
    NotificationARNs: list([]),
    RollbackConfiguration: {},
    Capabilities: list(definition.capabilities),
    Tags: tagMembers(definition),
    Changes: list((isCreated ? changeSet.changes : []).map(change => changeMembers(change, withValues))),
    OnStackFailure: changeSet.onStackFailure
  }
}

function changeMembers(change: ResourceChange, withValues: boolean): XmlTree {
  return {
    Type: 'Resource',
    ResourceChange: {
      PolicyAction: change.policyAction,
      Action: change.action,
      LogicalResourceId: change.logicalId,
      PhysicalResourceId: change.physicalId,
      ResourceType: change.type,
      Replacement: change.replacement,
      Scope: list(change.scope),
      Details: list(change.details.map(detail => detailMembers(change, detail, withValues))),
      BeforeContext: withValues && change.before !== null ? JSON.stringify({ Properties: change.before }) : null,
      AfterContext: withValues && change.after !== null ? JSON.stringify({ Properties: change.after }) : null
    }
  }
}

function detailMembers(change: ResourceChange, detail: ChangeDetail, withValues: boolean): XmlTree {
  const { attribute, name } = detail
  const path = name === null ? `/${attribute}` : `/${attribute}/${name}`
  return {
    Target: {
      Attribute: attribute,
      Name: name,
      RequiresRecreation: detail.requiresRecreation,
      Path: path,
      BeforeValue: withValues && name !== null ? valueText(change.before?.[name]) : null,
      AfterValue: withValues && name !== null ? valueText(change.after?.[name]) : null
    },
    Evaluation: detail.evaluation,
    ChangeSource: detail.source,
    CausingEntity: detail.causingEntity
  }
}

function valueText(value: unknown): string | null {
  if (value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
