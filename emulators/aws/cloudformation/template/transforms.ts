/** The section Transform: what it makes of a template before anything else looks at it. Pure. */
import { AwsError } from '../../lambda/aws-error.js'
import { expandSam, SamError, samTransform } from './expand-sam.js'
import { parseDeclarations } from './parameter-declarations.js'
import type { ParameterValues } from './parameter-values.js'
import { isObject } from './sam-references.js'
import type { Json, ParameterDeclaration } from './template.js'

/** What a transform knows of the parameters: it runs when a change set is made, with its values. */
export type ValuesOf = (declarations: ReadonlyMap<string, ParameterDeclaration>) => ParameterValues

/** A change set ends FAILED with it; a call without one is refused. */
export class TransformFailure extends AwsError {
  constructor(transform: string, why: string) {
    super('ValidationError', `Transform ${transform} failed with: ${why}`)
  }
}

export const defaultsOf: ValuesOf = declarations =>
  new Map([...declarations.values()].flatMap(one => (one.defaultValue === null ? [] : [[one.name, one.defaultValue]])))

/** @throws TransformFailure */
export function expandTransforms(
  whole: Json,
  valuesOf: ValuesOf
): { readonly whole: Json; readonly transforms: readonly string[] } {
  if (!isObject(whole) || whole['Transform'] === undefined) return { whole, transforms: [] }
  const { Transform, Parameters = {} } = whole
  const transforms = (Array.isArray(Transform) ? Transform : [Transform]) as Json[]
  const unknown = transforms.find(one => one !== samTransform)
  if (unknown !== undefined) {
    throw new AwsError(
      'ValidationError',
      `No transform named ${JSON.stringify(unknown)} found. (the emulator knows SAM only)`
    )
  }
  const values = valuesOf(parseDeclarations(isObject(Parameters) ? Parameters : {}))
  try {
    return { whole: expandSam(whole, values), transforms: [samTransform] }
  } catch (error) {
    if (error instanceof SamError) throw new TransformFailure(samTransform, error.message)
    throw error
  }
}

/** Does the text name a transform? Only where nothing else is asked of it yet. */
export function namesTransform(whole: Json): boolean {
  return isObject(whole) && whole['Transform'] !== undefined
}
