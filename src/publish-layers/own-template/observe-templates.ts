/** Reads a layer's own template where the commit's files lie, for each region that the layer goes to. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CodedError } from '../../model/errors.js'
import type { Layer, LayerTemplate, Verdict } from '../../model/index.js'
import type { Git } from '../../ports/git.js'
import type { Target } from '../target.js'
import { judgeTemplate, type JudgedTemplate } from './read-own-template.js'
import { readTemplateDocument } from './template-document.js'
import { NotPlainFile, readPlainFile } from '../../ports/plain-file.js'
import { largestBytes } from '../../config/read/text.js'

export type TemplatedLayer = Layer & { readonly template: LayerTemplate }

export interface ObservedTemplates {
  /** The layer as its template declares it, for the build. */
  readonly layer: Layer
  /** With what the template declares in each region. */
  readonly targets: readonly Target[]
  /** Absolute path of the content. */
  readonly contentDirectory: string
  readonly verdicts: readonly Verdict[]
}

export function isTemplated(layer: Layer): layer is TemplatedLayer {
  return layer.template != null
}

/**
 * @param destination holds the commit's files at their paths in the superproject
 * @throws CodedError CONFIG_INVALID
 */
export async function observeTemplates(
  layer: TemplatedLayer,
  targets: readonly Target[],
  destination: string
): Promise<ObservedTemplates> {
  const { file } = layer.template
  const bytes = await templateBytes(join(destination, file), file)
  if (bytes === null) {
    throw new CodedError('CONFIG_INVALID', {
      expected: `the template ${file} of the layer ${layer.id} in the commit`,
      found: 'no such file',
      mend: `correct template, or add the submodule that holds it to also-watch`
    })
  }
  const judged = judgeAll(layer, targets, bytes)
  const [first] = judged
  if (first === undefined) throw new Error(`no region for the layer ${layer.id}`)
  const { properties, contentFolder, retention } = first
  const contentDirectory = join(destination, layer.path, contentFolder)
  if (!(await isFolder(contentDirectory))) {
    throw new CodedError('CONFIG_INVALID', {
      expected: `the content of the layer ${layer.id} in ${join(layer.path, contentFolder)}, as ${file} has it`,
      found: 'no such folder in the commit',
      mend: 'correct the path in the template'
    })
  }
  const { compatibleRuntimes, compatibleArchitectures } = properties
  // Nothing declared means any; what is compiled still has one, and x86_64 is what AWS takes for granted.
  const architectures = compatibleArchitectures.length === 0 ? ['x86_64'] : compatibleArchitectures
  return {
    layer: { ...layer, compatibleRuntimes, compatibleArchitectures: architectures },
    targets: judged.map(({ target }) => target),
    contentDirectory,
    verdicts: [retention]
  }
}

async function templateBytes(path: string, file: string): Promise<Uint8Array | null> {
  try {
    // One more than it may have is enough to tell that it is too large.
    return await readPlainFile(path, largestBytes + 1)
  } catch (cause) {
    if (!(cause instanceof NotPlainFile)) return null
    const expected = `the template ${file} to be a plain file of at most ${largestBytes} bytes`
    throw new CodedError(
      'CONFIG_INVALID',
      { expected, found: cause.message, mend: 'commit the template itself' },
      { cause }
    )
  }
}

/** What a plan can see of the templates: those that the superproject's own tree holds. @throws CodedError CONFIG_INVALID */
export async function planTemplates(
  layers: readonly TemplatedLayer[],
  targets: readonly Target[],
  revision: string,
  git: Pick<Git, 'readFile'>
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  for (const layer of layers) {
    const bytes = await git.readFile(revision, layer.template.file)
    if (bytes === null) continue
    const judged = judgeAll(
      layer,
      targets.filter(({ layerId }) => layerId === layer.id),
      bytes
    )
    verdicts.push(...judged.slice(0, 1).map(({ retention }) => retention))
  }
  return verdicts
}

/** Only the values differ from region to region. */
function judgeAll(
  layer: TemplatedLayer,
  targets: readonly Target[],
  bytes: Uint8Array
): readonly (JudgedTemplate & { readonly target: Target })[] {
  const document = readTemplateDocument(bytes, layer.template.file)
  return targets.map(target => {
    const judged = judgeTemplate(document, layer, target)
    const { properties, template: read } = judged
    const template = target.template === null ? null : { ...target.template, read }
    return { ...judged, target: { ...target, properties, template } }
  })
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    stats => stats.isDirectory(),
    () => false
  )
}
