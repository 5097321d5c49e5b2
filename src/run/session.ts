/** What a run works with, what is known of it, and what it asks for, put together from the inputs, the event and the configuration. */
import type {
  Config,
  Environment,
  Inputs,
  RunContext,
  Selection,
  TriggerEvent,
  ConfigPlace,
  LoadedConfig,
  Layer
} from '../model/index.js'
import type { Aws } from '../ports/aws.js'
import type { Clock, ProcessRunner } from '../ports/process.js'
import type { Git } from '../ports/git.js'
import type { GitHub } from '../ports/github.js'
import type { Progress, Runner } from '../ports/runner.js'
import type { RunSubject } from '../publish-layers/result.js'
import type { Reporter } from '../report/reporter.js'
import type { RunLimits } from './limits.js'
import { configAtRevision, placesIn } from '../config/read/config-file.js'
import type { OnBranch } from '../publish-layers/promotion/promotion.js'
import type { Recorder } from '../publish-layers/promotion/record-run.js'
import { selectedLayers } from '../select-environment/selected-layers.js'
import { identityOf } from '../model/inputs.js'
import type { RunRequest } from './observe.js'

/** What is known of a run by the time that its report is opened; `null`: not yet. */
export interface Known {
  readonly config: Config
  readonly subject: RunSubject
  readonly selection: Selection
}

/** What a run works with: read once, wired once. */
export interface Session {
  readonly inputs: Inputs
  readonly context: RunContext
  readonly event: TriggerEvent
  readonly limits: RunLimits
  readonly clock: Clock
  readonly runner: Runner
  readonly process: ProcessRunner
  readonly progress: Progress
  readonly git: Git
  readonly github: GitHub | null
  readonly openAws: (environment: Environment) => Promise<Aws>
  readonly openReport: (known: Known | null) => Reporter
  /** Markdown beside the report: the job summary, or standard output. */
  readonly showDetails: (markdown: string, page?: string) => Promise<void>
}

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

/**
 * Changed and untracked files in what the layers are built from. A submodule that stands at another commit than the
 * superproject's is not meant: the superproject's is what is built. Each path as a person would name it; at most 20 of a
 * folder or submodule.
 */
export async function leftovers(
  git: Pick<Git, 'checkoutState' | 'readGitlinks'>,
  headCommit: string,
  layers: readonly Layer[]
): Promise<readonly string[]> {
  const paths = [...new Set(layers.flatMap(({ path, alsoWatch }) => [path, ...alsoWatch]))]
  const gitlinks = await git.readGitlinks(headCommit, paths)
  const found: string[] = []
  for (const path of paths) {
    if (gitlinks.some(gitlink => gitlink.path === path)) continue
    const state = await git.checkoutState(path)
    if (state.kind === 'present') found.push(...state.dirtyPaths)
  }
  for (const { path, objectId } of gitlinks) {
    const state = await git.checkoutState(path)
    if (state.kind === 'present' && state.commit === objectId) {
      found.push(...state.dirtyPaths.map(dirty => `${path}/${dirty}`))
    }
  }
  return [...new Set(found)]
}
