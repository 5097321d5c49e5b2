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
import { knownValue, type KnownNames } from './known-value.js'
import type { LayerResource } from './layer-resource.js'
import { isList, isObject, type Json } from './json-value.js'
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
  const stray = Object.keys(properties).find(name => !allowed.includes(name))
  if (stray !== undefined) {
    const expected = `one of the properties ${allowed.join(', ')}`
    throw document.error(at(stray), { expected, found: quoted(stray), mend: 'delete the property' })
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
  const found = name === undefined ? 'none' : shown(isObject(name) ? 'a mapping' : name)
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
