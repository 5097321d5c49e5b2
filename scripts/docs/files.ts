/** Which files are generated, in whole or between markers, and from what. */
import { readdir, readFile } from 'node:fs/promises'
import { errorCodes } from '../../src/model/errors.js'
import { readActionMetadata } from './action-metadata.js'
import { acceptedShapeModule, configJsonSchema } from './config-schema.js'
import { configurationSections } from './configuration.js'
import { errorSection } from './errors/section.js'
import { faultsPage } from './faults.js'
import { inputTable, outputTable } from './inputs-outputs.js'
import { replaceSections } from './markers.js'

export interface GeneratedFile {
  /** Relative to the repository's root. */
  readonly path: string
  readonly text: string
}

/** The text of every section by its marker's name. */
export function sections(actionYaml: string): Readonly<Record<string, string>> {
  const action = readActionMetadata(actionYaml)
  return {
    inputs: inputTable(action.inputs),
    outputs: outputTable(action.outputs),
    errors: errorSection(errorCodes),
    ...configurationSections(configJsonSchema())
  }
}

/** Every file with generated text as it should be. `root` ends in a slash. A README that does not exist yet is left out. */
export async function generatedFiles(root: URL): Promise<readonly GeneratedFile[]> {
  const bodies = sections(await readFile(new URL('action.yml', root), 'utf8'))
  const names = await readdir(new URL('docs/', root))
  const pages = [
    'README.md',
    ...names.filter(name => name.endsWith('.md') && name !== 'faults.md').map(name => `docs/${name}`)
  ].sort()
  const files: GeneratedFile[] = [
    { path: 'schema/layer-deploy.schema.json', text: `${JSON.stringify(configJsonSchema(), null, 2)}\n` },
    { path: 'src/config/schema/accepted-shape.ts', text: acceptedShapeModule() },
    { path: 'docs/faults.md', text: await faultsPage(root) }
  ]
  for (const path of pages) {
    const text = await readFile(new URL(path, root), 'utf8').catch(() => null)
    if (text !== null) files.push({ path, text: replaceSections(text, bodies, path) })
  }
  return files
}
