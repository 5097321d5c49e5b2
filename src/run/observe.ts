/** Observe, in order: what the account runs, what changed against it, and what the plan needs to know of both. */
import type { ObserveRequest } from '../publish-layers/observe/observe-request.js'
import type { Facts } from '../publish-layers/plan/facts.js'
import { detectChanges } from '../detect-changes/changes.js'
import {
  observeChanges,
  readSources,
  revisionBaseline,
  type ChangesRequest
} from '../detect-changes/observe-changes.js'
import type { LayerChange } from '../model/index.js'
import { settled } from '../model/errors.js'
import type { Log } from '../ports/runner.js'
import { observeAccount } from '../publish-layers/observe/account.js'
import { observe, type ObservePorts } from '../publish-layers/observe/observe.js'

export type RunRequest = ObserveRequest & Omit<ChangesRequest, 'regions'>

/** @throws CodedError CONFIG_INVALID for a path that is not there, NO_CREDENTIALS for credentials that do not work */
export async function observeRun(request: RunRequest, ports: ObservePorts): Promise<Facts> {
  const sources = readSources(request, ports)
  // Whoever waits for it hears of its failure; where the account is refused first, nobody does.
  sources.catch(() => undefined)
  const account = await observeAccount(request, sources, ports)
  const changesRequest = { ...request, regions: account.regions }
  const detected = await observeChanges(changesRequest, account.layers, ports, sources)
  return observe(request, account, detected, ports)
}

/** Against the event's base, whatever the account runs. */
export async function changesSinceBase(
  request: RunRequest,
  regions: readonly string[],
  { git, log }: Pick<ObservePorts, 'git' | 'log'>
): Promise<readonly LayerChange[]> {
  const changesRequest = { ...request, regions }
  const { layers } = request
  const [sources, baseline] = await settled([
    readSources(request, { git }),
    revisionBaseline(changesRequest, { git, log: quietLog(log) })
  ])
  return detectChanges({ layers, regions, sources, baseline, force: false })
}

/** That the base is unknown matters to nobody here: it would only have told what is new. */
function quietLog(log: Log): Log {
  return {
    ...log,
    warning: message => {
      log.debug(message)
    }
  }
}
