/** What a run asks to be observed, out of the session, the configuration and what was selected. */
import { configAt, type LoadedConfig } from '../config/read/config-file.js'
import type { Selection, TriggerEvent } from '../model/index.js'
import type { ObserveRequest } from '../publish-layers/index.js'
import type { RunSubject } from '../publish-layers/result.js'
import { selectedLayers } from '../select-environment/selected-layers.js'
import { identityOf } from './identity.js'
import type { Session } from './run.js'

export function requestOf(
  session: Session,
  loaded: LoadedConfig,
  selection: Selection & { readonly kind: 'plan' | 'deploy' | 'report' },
  subject: RunSubject
): ObserveRequest {
  const { inputs, context, event, git, runner } = session
  const { promotionOverride } = inputs
  return {
    mode: selection.kind,
    dryRun: inputs.dryRun,
    environment: selection.environment,
    branch: selection.branch,
    event,
    headCommit: subject.headCommit ?? '',
    layers: selectedLayers(loaded.config.layers, inputs.layers),
    regions: inputs.regions,
    base: inputs.base,
    force: inputs.force,
    sourceBranches:
      loaded.config.environments.find(({ name }) => name === selection.environment.promoteFrom)?.branches ?? [],
    tokenName: tokenNameOf(event),
    // It leaves through the deployment's description too, which nobody else redacts.
    promotionOverride:
      promotionOverride === null ? null : { reason: runner.redact(promotionOverride), by: context.actor },
    ...identityOf(context),
    configAt: (revision, files = git) => configAt(files, revision, loaded)
  }
}

/** Where the token came from, as a person calls it. */
export function tokenNameOf({ kind }: TriggerEvent): string {
  return kind === 'command-line' ? 'the environment variable GITHUB_TOKEN' : 'the input github-token'
}
