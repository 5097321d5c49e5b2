/** Whether pip, which reads the conditions of requirements for the Python and the machine that run it, has installed what the layer's need. */
import { normalizedName } from '../../../model/packages.js'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CodedError } from '../../../model/errors.js'
import type { FoundPython } from '../python/find-python.js'
import { markerEnvironment, type PythonTarget } from '../python/python-target.js'
import { markerHolds } from './markers.js'
import type { RequirementLine } from './requirement-list.js'
import { sourceText } from '../../source/source-text.js'

/** The top of the list as the target reads it: without what it does not need, and without conditions on what it does. */
export function forTarget(lines: readonly RequirementLine[], target: PythonTarget): readonly RequirementLine[] {
  return lines.flatMap(line => {
    if (line.kind === 'option' || line.marker === '') return [line]
    if (!markerHolds(line.marker, markerEnvironment(target))) return []
    return [line.kind === 'named' ? { ...line, marker: '', text: withoutMarker(line.text) } : { ...line, marker: '' }]
  })
}

function withoutMarker(text: string): string {
  const [requirement = '', ...digests] = text.split(/\s(?=--hash)/)
  const at = requirement.includes('://') ? requirement.search(/\s;/) : requirement.indexOf(';')
  return [requirement.slice(0, at === -1 ? undefined : at).trim(), ...digests].join(' ')
}

/** Throws `BUILD_FAILED` where an installed package needs another one on the target only, which then is missing. */
export async function verifyConditions(directory: string, target: PythonTarget, runs: FoundPython): Promise<void> {
  const installed = new Set<string>()
  const needs: { readonly by: string; readonly what: string; readonly marker: string }[] = []
  for (const folder of await readdir(directory)) {
    if (!folder.endsWith('.dist-info')) continue
    const metadata = await sourceText(join(directory, folder, 'METADATA'))
    const by = /^Name:\s*(\S+)/m.exec(metadata)?.[1] ?? folder
    installed.add(normalizedName(by))
    for (const [, what = '', marker = ''] of metadata.matchAll(
      /^Requires-Dist:\s*([\w.-]+)(?:[^\w.;\n-][^;\n]*)?;([^\n]*)$/gm
    )) {
      needs.push({ by, what, marker })
    }
  }
  const there = markerEnvironment(target)
  const here = {
    ...markerEnvironment({ ...target, version: runs.version }),
    platform_machine: runs.machine.replace(/^[^-]*-/, '')
  }
  const missing = needs.find(
    ({ what, marker }) =>
      !installed.has(normalizedName(what)) && markerHolds(marker, there) && !markerHolds(marker, here)
  )
  if (missing === undefined) return
  throw new CodedError('BUILD_FAILED', {
    expected: `pip under Python ${target.version} on ${target.architecture}, or uv, which needs neither, for a package with conditions`,
    found: `${missing.by} needs ${missing.what} only there (${missing.marker.trim()}), and pip ran under Python ${runs.version} on ${runs.machine}`,
    mend: `add actions/setup-python with python-version ${target.version}, install uv, or name ${missing.what} in the requirements`
  })
}
