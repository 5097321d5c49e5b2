/** What a run asks for, put together from the inputs, the event and the configuration. */
import { configAtRevision, placesIn } from '../config/read/config-file.js'
import type { Selection, TriggerEvent, ConfigPlace, LoadedConfig } from '../model/index.js'
import type { OnBranch } from '../publish-layers/promotion/promotion.js'
import type { Recorder } from '../publish-layers/promotion/record-run.js'
import type { RunSubject } from '../publish-layers/result.js'
import { selectedLayers } from '../select-environment/selected-layers.js'
import { identityOf } from '../model/inputs.js'
import type { RunRequest } from './observe.js'
import type { Session } from './session.js'

/** One job of a fan-out leaves the record to the command `report`, which speaks for all. */
export function recorderOf(
  { inputs, github, clock, context, event, git }: Session,
  { config }: LoadedConfig,
  { run, headCommit }: RunRequest
): Recorder {
  // What was proven on a branch stays on it until somebody rewrites it; a person may be asking just because of that.
  const rewritten = event.kind === 'push' ? event.forced : event.kind !== 'workflow_run'
  const onBranch: OnBranch = commits => (rewritten ? git.ancestorsAmong(headCommit, commits) : Promise.resolve(commits))
  return { github: inputs.partOfFanOut ? null : github, clock, config, logUrl: context.runUrl, run, onBranch }
}

export function requestOf(
  session: Session,
  loaded: LoadedConfig,
  selection: Selection & { readonly kind: 'plan' | 'deploy' | 'report' },
  subject: RunSubject
): RunRequest {
  const { inputs, context, event, git, runner } = session
  const { promotionOverride } = inputs
  return {
    mode: selection.kind,
    dryRun: inputs.dryRun,
    // `detect` says what changed, and no more.
    preview: inputs.preview && selection.kind === 'plan' && subject.command !== 'detect',
    environment: selection.environment,
    branch: selection.branch,
    event,
    headCommit: subject.headCommit ?? '',
    layers: selectedLayers(loaded.config.layers, inputs.layers),
    named: inputs.layers !== null,
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
    configAt: (revision, files = git) => configAtRevision(git, revision, loaded, files),
    places: placesIn(loaded)
  }
}

export function tokenNameOf({ kind }: TriggerEvent): string {
  return kind === 'command-line' ? 'the environment variable GITHUB_TOKEN' : 'the input github-token'
}

export function placeOf({ inputs, context }: Session): ConfigPlace {
  return { config: inputs.config, directory: inputs.directory, workspace: context.workspace }
}
