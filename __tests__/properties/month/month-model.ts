/** What must run where: the little that a team knows of its two accounts, without any of the action's own ideas. */

export const layerIds = ['alpha', 'beta'] as const
export type LayerId = (typeof layerIds)[number]
export type AccountName = 'sandbox' | 'production'
export type Branch = 'test' | 'main'

/** What a commit holds. */
export interface Tree {
  /** The release in the submodule `alpha`, and in the folder `beta`. */
  readonly alpha: number
  readonly beta: number
  /** What the configuration declares for `alpha`; '': nothing. */
  readonly description: string
  readonly note: number
}
/** What a layer version is to hold and to declare. */
export interface Want {
  readonly release: number
  readonly declared: string
}
export interface Commit {
  readonly id: string
  readonly tree: Tree
  /** Of the same branch; `null`: the first. */
  readonly parent: Commit | null
}
export interface LayerModel {
  /** `null`: never deployed, or what ran was deleted by hand. */
  running: (Want & { readonly version: number }) | null
  /** Live ones; `null`: by hand. */
  readonly versions: Map<number, Want | null>
  /** What is on record, oldest first. */
  readonly recorded: number[]
  next: number
  /** The last change was a rollback: the next deploy has a record to write, though no version. */
  restored: boolean
}
/** Who proved what: a layer's content, of a commit. */
interface Proof {
  readonly layer: LayerId
  readonly want: Want
  readonly commit: Commit
  /** Published there; otherwise a record may or may not name it. */
  readonly sure: boolean
}
export interface Model {
  readonly tips: Record<Branch, Commit>
  /** What the remote has: commits that nobody pushed do not count. */
  readonly pushed: Record<Branch, Commit>
  /** All that was ever pushed to test. */
  readonly past: Commit[]
  readonly accounts: Readonly<Record<AccountName, Readonly<Record<LayerId, LayerModel>>>>
  readonly proofs: Proof[]
  releases: number
  steps: number
}

export function wantOf({ alpha, beta, description }: Tree, layer: LayerId): Want {
  return layer === 'alpha' ? { release: alpha, declared: description } : { release: beta, declared: '' }
}
export const isSame = (a: Want, b: Want): boolean => a.release === b.release && a.declared === b.declared

const untouched = (): LayerModel => ({ running: null, versions: new Map(), recorded: [], next: 1, restored: false })
const account = (): Record<LayerId, LayerModel> => ({ alpha: untouched(), beta: untouched() })

export function newModel(first: Commit): Model {
  return {
    tips: { test: first, main: first },
    pushed: { test: first, main: first },
    past: [first],
    accounts: { sandbox: account(), production: account() },
    proofs: [],
    releases: 1,
    steps: 0
  }
}

export function isAncestor(older: Commit, newer: Commit): boolean {
  for (let at: Commit | null = newer; at !== null; at = at.parent) if (at === older) return true
  return false
}

/** The layers that a deploy of the commit would give a new version. */
export function changedBy(model: Model, name: AccountName, tree: Tree): readonly LayerId[] {
  return layerIds.filter(layer => {
    const { running } = model.accounts[name][layer]
    return running === null || !isSame(running, wantOf(tree, layer))
  })
}

/** A version that the action published. */
export function publish(layer: LayerModel, want: Want): void {
  const version = layer.next++
  layer.versions.set(version, want)
  layer.recorded.push(version)
  layer.running = { ...want, version }
  layer.restored = false
}

/** A deploy that went well. @param only the layers that it may touch */
export function deploy(model: Model, name: AccountName, commit: Commit, only: readonly LayerId[] = layerIds): void {
  const changed = changedBy(model, name, commit.tree).filter(layer => only.includes(layer))
  for (const layer of changed) publish(model.accounts[name][layer], wantOf(commit.tree, layer))
  for (const layer of only) model.accounts[name][layer].restored = false
  if (name === 'sandbox')
    for (const layer of only)
      model.proofs.push({ layer, want: wantOf(commit.tree, layer), commit, sure: changed.includes(layer) })
}

/** Whether production may have it. */
export function proven(model: Model, layer: LayerId, want: Want): 'yes' | 'perhaps' | 'no' {
  const found = model.proofs.filter(
    proof => proof.layer === layer && isSame(proof.want, want) && isAncestor(proof.commit, model.pushed.test)
  )
  if (found.some(({ sure }) => sure)) return 'yes'
  return found.length > 0 ? 'perhaps' : 'no'
}

/** What a prune leaves: what runs and is newer, and the newest `keep`. */
export function leftByPrune({ running, versions }: LayerModel, keep: number): readonly number[] {
  const numbers = [...versions.keys()].sort((a, b) => b - a)
  return numbers.filter((version, index) => index < keep || version >= (running?.version ?? 0)).reverse()
}
