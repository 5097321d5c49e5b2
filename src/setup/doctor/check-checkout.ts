import type { Layer } from '../../model/index.js'
import type { Git } from '../../ports/git.js'
import { findingOf, ok, problem, warning, type Finding } from './finding.js'

export interface CheckoutPorts {
  readonly git: Pick<Git, 'headCommit' | 'readEntries' | 'checkoutState' | 'sshSubmodules'>
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
    const found = await Promise.all(
      layers.map(async layer => [
        await checkLayer(ports, layer, head),
        ...(await checkFurtherPaths(ports, layer, head))
      ])
    )
    return [depth, ...found.flat()]
  } catch (error) {
    return [findingOf('checkout', error)]
  }
}

/** A path that is watched and not there changes nothing, ever: a green run that deploys nothing. */
async function checkFurtherPaths({ git }: CheckoutPorts, layer: Layer, head: string): Promise<readonly Finding[]> {
  const { id, alsoWatch, template } = layer
  const paths = [
    ...alsoWatch.map(path => ['also-watch', path] as const),
    ...(template === null || template === undefined ? [] : [['template', template.file] as const])
  ]
  const found = await Promise.all(
    paths.map(async ([key, path]) => ({ key, path, there: (await git.readEntries(head, [path])).length > 0 }))
  )
  return found
    .filter(({ there }) => !there)
    .map(({ key, path }) =>
      problem(`layer ${id}`, `the commit holds nothing at ${path} (${key})`, `correct ${key} of the layer ${id}`)
    )
}

/** Layers that are built from a submodule, around or inside their path, that git reaches over SSH. */
export async function layersOverSsh(
  { git }: { readonly git: Pick<Git, 'headCommit' | 'sshSubmodules'> },
  layers: readonly Layer[]
): Promise<readonly string[]> {
  const submodules = await git.sshSubmodules(await git.headCommit())
  const within = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}/`)
  return layers
    .filter(({ path }) => submodules.some(each => path === '.' || within(each, path) || within(path, each)))
    .map(({ id }) => id)
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
