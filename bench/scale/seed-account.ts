/** An account in which many layers are deployed already: the one that a run deployed, again under each other name. */
import { stacksOf, type Stack } from '../../emulators/aws/cloudformation/stack/stack.js'
import type { RegionState } from '../../emulators/aws/world.js'

/**
 * @param first the layer that was deployed
 * @param sourceDigests of every layer, by its id
 */
export function seedLayers(state: RegionState, first: string, sourceDigests: ReadonlyMap<string, string>): void {
  const made = [...stacksOf(state).values()].find(({ name }) => name === nameOf(first))
  const layer = state.layers.get(nameOf(first))
  if (made?.definition == null || layer === undefined) throw new Error(`${first} is not deployed`)
  for (const [id, sourceDigest] of sourceDigests) {
    if (id === first) continue
    const renamed = (text: string): string => text.replaceAll(nameOf(first), nameOf(id))
    const versions = layer.versions.map(version => {
      return { ...version, arn: renamed(version.arn), layerArn: renamed(version.layerArn) }
    })
    state.layers.set(nameOf(id), { ...layer, name: nameOf(id), arn: renamed(layer.arn), versions })
    const tags = new Map(made.definition.tags).set('layer-deploy:source-digest', sourceDigest)
    const stack: Stack = {
      ...made,
      id: renamed(made.id),
      name: nameOf(id),
      outputs: made.outputs.map(output => ({ ...output, value: renamed(output.value) })),
      definition: { ...made.definition, tags }
    }
    stacksOf(state).set(stack.id, stack)
  }
}

function nameOf(layerId: string): string {
  return `dev-${layerId.replaceAll('_', '-')}-layer`
}
