/**
 * The bill of materials of a layer's content as CycloneDX 1.6 JSON. The same content, declared for the same runtimes, gives the same bytes:
 * no time, no serial number and no commit stands in it, and no list is sorted by the machine's language.
 */
import type { LicenseRepository } from '@cyclonedx/cyclonedx-library/Models'
import type { Licences, Part } from './parts.js'

/** What a bill of materials is of. */
export interface BillSubject {
  readonly layerId: string
  readonly contentDigest: string
  readonly compatibleRuntimes: readonly string[]
  readonly compatibleArchitectures: readonly string[]
}

/** The names of the properties; one of them may stand more than once. */
export const billProperties = {
  contentDigest: 'layer-deploy:content-digest',
  runtime: 'layer-deploy:compatible-runtime',
  architecture: 'layer-deploy:compatible-architecture',
  place: 'layer-deploy:path'
} as const

/** The library is loaded here, where a layer was built: a run with nothing to do never reads it. */
export async function billOfMaterials(subject: BillSubject, parts: readonly Part[]): Promise<string> {
  const [models, { JSON: json, JsonSerializer }, { Spec1dot6 }, { ComponentType, HashAlgorithm }] = await Promise.all([
    import('@cyclonedx/cyclonedx-library/Models'),
    import('@cyclonedx/cyclonedx-library/Serialize'),
    import('@cyclonedx/cyclonedx-library/Spec'),
    import('@cyclonedx/cyclonedx-library/Enums')
  ])
  const property = (name: string, value: string) => new models.Property(name, value)
  const licencesOf = (licences: Licences): LicenseRepository => {
    const each =
      licences.kind === 'expression'
        ? [new models.LicenseExpression(licences.expression)]
        : licences.names.map(name => new models.NamedLicense(name))
    return new models.LicenseRepository(each)
  }
  const { layerId, contentDigest, compatibleRuntimes, compatibleArchitectures } = subject
  const layer = new models.Component(ComponentType.Library, layerId, {
    bomRef: `layer:${layerId}`,
    version: contentDigest,
    properties: new models.PropertyRepository([
      property(billProperties.contentDigest, contentDigest),
      ...[...compatibleRuntimes].sort().map(name => property(billProperties.runtime, name)),
      ...[...compatibleArchitectures].sort().map(name => property(billProperties.architecture, name))
    ])
  })
  const bom = new models.Bom({ metadata: new models.Metadata({ component: layer }) })
  for (const { place, kind, name, version, purl, licences, sha256 } of parts) {
    const component = new models.Component(kind === 'own-files' ? ComponentType.File : ComponentType.Library, name, {
      // The only name of it that no other part has.
      bomRef: place,
      ...(version === '' ? {} : { version }),
      ...(purl === null ? {} : { purl }),
      hashes: new models.HashDictionary([[HashAlgorithm['SHA-256'], sha256]]),
      licenses: licencesOf(licences),
      properties: new models.PropertyRepository([property(billProperties.place, place)])
    })
    bom.components.add(component)
    layer.dependencies.add(component.bomRef)
  }
  const serializer = new JsonSerializer(new json.Normalize.Factory(Spec1dot6))
  return `${serializer.serialize(bom, { space: 2 })}\n`
}
