/** How others reach the current version of a layer: who it is shared with, and the parameter that names it. */
import { ssmParameterOf } from '../model/naming/names.js'
import type { Access, Environment, Layer } from '../model/index.js'

export const noAccess: Access = { ssmParameter: null, sharedWith: [] }

export function accessOf(environment: Environment, layer: Layer, region: string): Access {
  return { ssmParameter: ssmParameterOf(environment, layer, region), sharedWith: environment.shareWith }
}

export function sameAccess(a: Access = noAccess, b: Access = noAccess): boolean {
  return a.ssmParameter === b.ssmParameter && samePrincipals(a.sharedWith, b.sharedWith)
}

export function samePrincipals(a: readonly string[], b: readonly string[]): boolean {
  return a.toSorted().join() === b.toSorted().join()
}

export function isNone({ ssmParameter, sharedWith }: Access): boolean {
  return ssmParameter === null && sharedWith.length === 0
}

/** For a row of the report: nothing where nothing is configured. */
export function shownAccess(access: Access): { readonly access?: Access } {
  return isNone(access) ? {} : { access }
}

/**
 * What a new version takes over at once. What is new to it comes in a step of its own: a name that is taken, or a right
 * that the role lacks, must not undo the version.
 */
export function carriedOver(before: Access, wanted: Access): Access {
  return {
    ssmParameter: wanted.ssmParameter === null ? null : before.ssmParameter,
    sharedWith: before.sharedWith.filter(principal => wanted.sharedWith.includes(principal))
  }
}
