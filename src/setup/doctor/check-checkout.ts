import type { Layer } from '../../model/index.js'
import type { Git } from '../../ports/git.js'
import { findingOf, ok, problem, warning, type Finding } from './finding.js'

export interface CheckoutPorts {
  readonly git: Pick<Git, 'headCommit' | 'readEntries' | 'checkoutState'>
  /** Does the clone lack history? */
  readonly isShallow: () => Promise<boolean>
}

/** The checkout as the action would meet it: depth, each layer's path, each submodule's state. */
export async function checkCheckout(ports: CheckoutPorts, layers: readonly Layer[]): Promise<readonly Finding[]> {
  try {
    const head = await ports.git.headCommit()
    const depth = (await ports.isShallow())
      ? ok('checkout', `shallow at ${head.slice(0, 12)}; a base revision is fetched by its id when it is needed`)
      : ok('checkout', `whole history at ${head.slice(0, 12)}`)
    const found = await Promise.all(layers.map(layer => checkLayer(ports, layer, head)))
    return [depth, ...found]
  } catch (error) {
    return [findingOf('checkout', error)]
  }
}

async function checkLayer({ git }: CheckoutPorts, { id, path }: Layer, head: string): Promise<Finding> {
  const check = `layer ${id}`
  const [entry] = await git.readEntries(head, [path])
  if (entry === undefined) {
    return problem(
      check,
      `the commit holds nothing at ${path}`,
      `correct path of the layer ${id}, or commit the folder`
    )
  }
  if (entry.mode !== '160000') return ok(check, `the folder ${path}`)
  const state = await git.checkoutState(path)
  if (state.kind === 'missing') return ok(check, `the submodule ${path}, fetched when it is built`)
  if (state.kind === 'not-initialised') return ok(check, `the submodule ${path}, fetched when it is built`)
  if (state.commit !== entry.objectId) {
    const mend = `commit the new gitlink if it is meant to be deployed`
    return warning(
      check,
      `${path} is checked out at another commit than the superproject names, which is what is built`,
      mend
    )
  }
  if (state.dirtyPaths.length > 0) {
    return warning(
      check,
      `${path} holds changes that no commit has: ${state.dirtyPaths.join(', ')}`,
      'commit or remove them'
    )
  }
  return ok(check, `the submodule ${path} at ${entry.objectId.slice(0, 12)}`)
}
