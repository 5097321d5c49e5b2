/** The bill of materials of what dist/ holds, CycloneDX 1.6 JSON, from dist/licenses.txt: the same bundle gives the same bytes. */
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library'

export interface Package {
  readonly name: string
  readonly version: string
  readonly licence: string
}
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly license: string
}
/** Of package-lock.json. */
export interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>
}

/** @returns name, version and SPDX identifier of every package that has code in the bundle, as licenses.txt names them */
export function packagesOf(licences: string): readonly Package[] {
  return licences.split(`\n${'-'.repeat(80)}\n\n`).map(section => {
    const [, name, version, licence] = /^(\S+)@(\S+)\n(\S+)\n/.exec(section) ?? []
    if (name === undefined || version === undefined || licence === undefined)
      throw new Error(`licenses.txt has a section that names no package: ${section.slice(0, 80)}`)
    return { name, version, licence }
  })
}

/** The texts of dist/licenses.txt and THIRD-PARTY-NOTICES.md, package.json, and package-lock.json, which has each package's digest. */
export function billOf(licences: string, notices: string, manifest: Manifest, lock: Lock): string {
  const metadata = new Models.Metadata({
    component: new Models.Component(Enums.ComponentType.Application, manifest.name, {
      bomRef: `${manifest.name}@${manifest.version}`,
      version: manifest.version,
      licenses: new Models.LicenseRepository([new Models.SpdxLicense(manifest.license)])
    })
  })
  const bom = new Models.Bom({ metadata })
  for (const { name, version, licence } of packagesOf(licences)) {
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
    bom.components.add(
      new Models.Component(Enums.ComponentType.Library, name, {
        bomRef: purl,
        version,
        purl,
        hashes: new Models.HashDictionary([[Enums.HashAlgorithm['SHA-512'], sha512Of(name, version, lock)]]),
        licenses: new Models.LicenseRepository([new Models.SpdxLicense(licence)])
      })
    )
  }
  bom.components.add(libdeflate(notices))
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6))
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`
}

/** Not from npm: compiled to WebAssembly from the sources that THIRD-PARTY-NOTICES.md names. */
function libdeflate(notices: string): Models.Component {
  const version = /libdeflate (\d+\.\d+)/.exec(notices)?.[1]
  if (version === undefined) throw new Error('THIRD-PARTY-NOTICES.md names no version of libdeflate')
  const purl = `pkg:github/ebiggers/libdeflate@v${version}`
  const licenses = new Models.LicenseRepository([new Models.SpdxLicense('MIT')])
  return new Models.Component(Enums.ComponentType.Library, 'libdeflate', { bomRef: purl, version, purl, licenses })
}

/** In hexadecimal, as CycloneDX has it. The digest is of the archive that npm installed. */
function sha512Of(name: string, version: string, lock: Lock): string {
  const entry = Object.entries(lock.packages).find(
    ([path, { version: theirs }]) => path.endsWith(`node_modules/${name}`) && theirs === version
  )
  const digest = /^sha512-(\S+)$/.exec(entry?.[1].integrity ?? '')?.[1]
  if (digest === undefined) throw new Error(`package-lock.json has no SHA-512 of ${name}@${version}`)
  return Buffer.from(digest, 'base64').toString('hex')
}
