/** Which version a stack says that it runs, with the record of it in the stack's tags. */
import type { StackDescription } from '../../../ports/inventory.js'
import { CodedError } from '../../../model/errors.js'
import type { Access, DeployedVersion } from '../../../model/index.js'
import { deployedBy, readRecord, tagPrefix, type DeployRecord } from '../../deploy-record.js'
import type { Current } from '../verify.js'
import { layerVersionArnOutput } from './stack-template.js'

export interface CurrentVersion extends Current {
  readonly arn: string
  readonly record: Partial<DeployRecord>
}

/** @throws CodedError PUBLISH_UNVERIFIED where the output is no ARN of a layer version */
export function currentOf(stack: StackDescription | null): CurrentVersion | null {
  const arn = stack?.outputs[layerVersionArnOutput]
  if (stack === null || arn === undefined) return null
  return { arn, version: versionOfArn(arn, stack.name), record: readRecord(stack.tags, tagPrefix) }
}

/** `arn:aws:lambda:us-east-2:111122223333:layer:name:7` → 7 (AWS Lambda API reference, LayerVersionArn). */
function versionOfArn(arn: string, stackName: string): number {
  const match = /^arn:[^:]+:lambda:[^:]+:\d{12}:layer:[^:]+:([1-9]\d*)$/.exec(arn)
  if (match?.[1] === undefined) throw withoutVersion(stackName, JSON.stringify(arn.slice(0, 200)))
  return Number(match[1])
}

/** A stack that does not say which version it made: no ARN is given out. */
export function withoutVersion(stackName: string, found: string): CodedError {
  return new CodedError('PUBLISH_UNVERIFIED', {
    expected: `the ARN of a layer version as the output ${layerVersionArnOutput} of the stack ${stackName}`,
    found,
    mend: `look at the outputs and the events of ${stackName} for who changes it, or its template, beside this action, and run again; where it stays so, delete the stack (its versions are retained)`
  })
}

export function deployedOf({ version, arn, record }: CurrentVersion, access: Access): DeployedVersion {
  return deployedBy(record, { version, arn, access })
}
