/** CycloneDX's own JSON schema, version 1.6, as the library brings it. */
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'

const schemas = join(
  dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
  'res/schema'
)
const read = (name: string): object => JSON.parse(readFileSync(join(schemas, name), 'utf8')) as object

let validate: ReturnType<Ajv['compile']> | undefined

/** What is wrong with a document; empty: nothing. */
export function schemaProblems(document: unknown): readonly string[] {
  if (validate === undefined) {
    const ajv = new Ajv({ strict: false, allErrors: true })
    formats.default(ajv)
    for (const name of ['iri-reference', 'idn-email']) ajv.addFormat(name, true)
    for (const name of ['spdx', 'jsf-0.82']) {
      const file = `${name}.SNAPSHOT.schema.json`
      ajv.addSchema({ ...read(file), $id: `http://cyclonedx.org/schema/${file}` })
    }
    validate = ajv.compile(read('bom-1.6.SNAPSHOT.schema.json'))
  }
  void validate(document)
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`)
}
