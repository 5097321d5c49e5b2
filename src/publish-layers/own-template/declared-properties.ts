/** What the layer version of an own template declares, as far as it is known before the deploy. Pure. */
import { quoted, shown, type CodedError } from '../../model/errors.js'
import {
  layerNamePattern,
  maxDescriptionLength,
  maxLicenseInfoLength,
  maxRuntimes,
  runtimePattern
} from '../../model/naming/limits.js'
import type { LayerProperties } from '../../model/index.js'
import type { Target } from '../target.js'
import type { LayerResource } from './layer-resource.js'
import { isList, isObject, type Json } from './own-template.js'
import type { TemplateDocument } from './template-document.js'

const common = ['LayerName', 'Description', 'LicenseInfo', 'CompatibleRuntimes', 'CompatibleArchitectures']
const known = {
  cloudformation: [...common, 'Content'],
  sam: [...common, 'ContentUri', 'RetentionPolicy']
}

/** @throws CodedError CONFIG_INVALID where a property is unknown, cannot be known, or is not what AWS takes */
export function declaredProperties(
  document: TemplateDocument,
  layer: LayerResource,
  target: Target,
  parameters: ReadonlyMap<string, string>
): LayerProperties {
  const { logicalId, isSam, properties } = layer
  const allowed = known[isSam ? 'sam' : 'cloudformation']
  const at = (name: string): readonly string[] => ['Resources', logicalId, 'Properties', name]
  const notAllowed = Object.keys(properties).find(name => !allowed.includes(name))
  if (notAllowed !== undefined) {
    const expected = `one of the properties ${allowed.join(', ')}`
    throw document.error(at(notAllowed), { expected, found: quoted(notAllowed), mend: 'delete the property' })
  }
  const names: KnownNames = new Map([...parameters, ...pseudoParameters(target)])
  const refuse = (name: string, expected: string, found: string, mend: string): CodedError =>
    document.error(at(name), { expected: `${name} of ${logicalId} to be ${expected}`, found, mend })
  const valueOf = (name: string): Json | undefined => {
    const value = knownValue(properties[name], names)
    if (value.kind === 'absent') return undefined
    if (value.kind === 'known') return value.value
    throw refuse(name, 'known before the deploy', value.why, 'write text, a Ref of a parameter, Fn::Sub or Fn::Join')
  }
  const text = (name: string, longest: number): string => {
    const value = valueOf(name) ?? ''
    if (typeof value === 'string' && value.length <= longest) return value
    throw refuse(name, `a text of at most ${longest} characters`, shown(value), 'correct or shorten it')
  }
  const list = (name: string, expected: string, isRight: (item: string) => boolean): readonly string[] => {
    const value = valueOf(name) ?? []
    if (isList(value) && value.every(item => typeof item === 'string' && isRight(item))) return value as string[]
    throw refuse(
      name,
      expected,
      isList(value) ? `a list with ${quoted(JSON.stringify(value))}` : shown(value),
      'correct it'
    )
  }
  assertName(target, valueOf('LayerName'), refuse)
  const runtimes = list('CompatibleRuntimes', 'a list of Lambda runtimes', item => runtimePattern.test(item))
  if (runtimes.length === 0 || runtimes.length > maxRuntimes) {
    const mend = 'add for example CompatibleRuntimes: [python3.10], which the build goes by, too'
    throw refuse('CompatibleRuntimes', `a list of 1 to ${maxRuntimes} Lambda runtimes`, `${runtimes.length}`, mend)
  }
  return {
    description: text('Description', maxDescriptionLength),
    licenseInfo: text('LicenseInfo', maxLicenseInfoLength),
    compatibleRuntimes: runtimes,
    compatibleArchitectures: list('CompatibleArchitectures', 'a list of x86_64, arm64', item =>
      ['x86_64', 'arm64'].includes(item)
    )
  }
}

function assertName(
  target: Target,
  name: Json | undefined,
  refuse: (name: string, expected: string, found: string, mend: string) => CodedError
): void {
  if (name === target.layerName) return
  const expected = `${quoted(target.layerName)}, the layer-name of ${target.layerId} in this environment`
  const found = name === undefined ? 'none' : shown(name)
  const given = typeof name === 'string' && layerNamePattern.test(name) ? ', or layer-name in the configuration' : ''
  throw refuse('LayerName', expected, found, `correct LayerName or template.parameters${given}`)
}

/** "Pseudo parameters reference" in the CloudFormation Template Reference, less what is not known here. */
function pseudoParameters({ accountId, region, stackName }: Target): readonly (readonly [string, string])[] {
  return [
    ['AWS::AccountId', accountId],
    ['AWS::Region', region],
    ['AWS::StackName', stackName]
  ]
}

/** What names stand for: parameters and pseudo parameters. */
type KnownNames = ReadonlyMap<string, string>

type KnownValue =
  | { readonly kind: 'known'; readonly value: Json }
  /** `AWS::NoValue`: as if it were not there. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string }

const noValue = 'AWS::NoValue'

function knownValue(expression: Json | undefined, names: KnownNames): KnownValue {
  if (expression === undefined) return { kind: 'absent' }
  if (isList(expression)) return knownList(expression, names)
  if (!isObject(expression)) return knownText(expression)
  const [call, ...others] = Object.entries(expression)
  if (call === undefined || others.length > 0) return unknown('a mapping')
  const [name, argument] = call
  switch (name) {
    case 'Ref':
      return argument === noValue ? { kind: 'absent' } : named(argument, names)
    case 'Fn::Sub':
      return substituted(argument, names)
    case 'Fn::Join':
      return joined(argument, names)
    default:
      return unknown(name)
  }
}

function knownText(value: null | boolean | number | string): KnownValue {
  if (typeof value === 'string' && value.includes('{{resolve:')) return unknown('a dynamic reference')
  return { kind: 'known', value: typeof value === 'number' ? String(value) : value }
}

function knownList(items: readonly Json[], names: KnownNames): KnownValue {
  const values: Json[] = []
  for (const item of items) {
    const known = knownValue(item, names)
    if (known.kind === 'unknown') return known
    if (known.kind === 'known') values.push(known.value)
  }
  return { kind: 'known', value: values }
}

function named(name: Json, names: KnownNames): KnownValue {
  const value = typeof name === 'string' ? names.get(name) : undefined
  return value === undefined ? unknown(`a Ref of ${JSON.stringify(name)}`) : { kind: 'known', value }
}

function substituted(argument: Json, names: KnownNames): KnownValue {
  const [pattern, variables = {}] = isList(argument) ? argument : [argument]
  if (typeof pattern !== 'string' || !isObject(variables)) return unknown('a Fn::Sub without a text')
  let failed: KnownValue | null = null
  const value = pattern.replace(/\$\{([^}]*)\}/g, (_whole, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`
    const known = Object.hasOwn(variables, name) ? knownValue(variables[name], names) : named(name, names)
    if (known.kind === 'known' && typeof known.value === 'string') return known.value
    failed = unknown(`\${${name}} in a Fn::Sub`)
    return ''
  })
  return failed ?? knownText(value)
}

function joined(argument: Json, names: KnownNames): KnownValue {
  const [delimiter, list] = isList(argument) ? argument : []
  const items = knownValue(list, names)
  if (items.kind === 'unknown') return items
  if (typeof delimiter !== 'string' || items.kind === 'absent' || !isList(items.value)) {
    return unknown('a Fn::Join without a list')
  }
  return items.value.every(item => typeof item === 'string')
    ? knownText(items.value.join(delimiter))
    : unknown('a Fn::Join of other things than texts')
}

function unknown(why: string): KnownValue {
  return { kind: 'unknown', why }
}
