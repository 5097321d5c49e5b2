/** A CloudFormation template as a value. Read `parse-template.ts` for what is accepted, `expressions.ts` for what it computes. */

/** JSON, before or after its intrinsic functions were evaluated. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
export type JsonObject = Readonly<Record<string, Json>>

type ParameterType = 'String' | 'Number' | 'List<Number>' | 'CommaDelimitedList'

export interface ParameterDeclaration {
  readonly name: string
  readonly type: ParameterType
  readonly defaultValue: string | null
  readonly description: string | null
  readonly noEcho: boolean
  readonly allowedValues: readonly string[] | null
  readonly allowedPattern: string | null
  readonly constraintDescription: string | null
  readonly minimumLength: number | null
  readonly maximumLength: number | null
  readonly minimumValue: number | null
  readonly maximumValue: number | null
}

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate'
type UpdateReplacePolicy = 'Delete' | 'Retain'

export interface ResourceDeclaration {
  readonly logicalId: string
  readonly type: string
  readonly properties: JsonObject
  readonly dependsOn: readonly string[]
  readonly deletionPolicy: DeletionPolicy
  readonly updateReplacePolicy: UpdateReplacePolicy
  readonly metadata: Json
}

export interface OutputDeclaration {
  readonly name: string
  readonly value: Json
  readonly description: string | null
}

export interface Template {
  /** As it was handed in. */
  readonly body: string
  readonly version: string | null
  readonly description: string | null
  readonly metadata: Json
  /** Expanded already; `resources` are what came out. */
  readonly transforms: readonly string[]
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>
  /** In an order in which each comes after what it depends on. */
  readonly resources: ReadonlyMap<string, ResourceDeclaration>
  readonly outputs: ReadonlyMap<string, OutputDeclaration>
}
