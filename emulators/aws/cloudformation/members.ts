/** Response members that several calls share. */
import type { XmlContent, XmlTree } from '../xml.js'
import type { StackDefinition } from './stack/stack.js'

/** `<Tags/>` or `<Tags><member>…`: an empty list is there, too. */
export function list(items: readonly XmlContent[]): XmlTree {
  return { member: items }
}

/** ISO 8601 with milliseconds, from milliseconds since 1970. */
export function timestamp(time: number): string {
  return new Date(time).toISOString()
}

export function tagMembers(definition: StackDefinition | null): XmlTree {
  return list([...(definition?.tags ?? [])].map(([Key, Value]) => ({ Key, Value })))
}

export function parameterMembers(definition: StackDefinition | null): XmlTree {
  return list(
    [...(definition?.parameters ?? [])].map(([key, value]) => {
      const isHidden = definition?.template.parameters.get(key)?.noEcho === true
      return { ParameterKey: key, ParameterValue: isHidden ? '****' : value }
    })
  )
}
