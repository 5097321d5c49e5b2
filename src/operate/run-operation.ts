/** Runs a command that changes an account in another way than a deploy. Only such a run loads it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { unreachable } from '../model/errors.js'
import type { Layer, RunResult, Selection } from '../model/index.js'
import { createEngine } from '../publish-layers/engines/index.js'
import type { RunSubject } from '../publish-layers/result.js'
import { identityOf } from '../model/inputs.js'
import type { Operation, OperationSession } from './operation.js'

export type OperationName = 'rollback' | 'prune' | 'rollout'

export async function runOperation(
  command: OperationName,
  session: OperationSession,
  selected: {
    readonly selection: Selection & { readonly kind: 'deploy' }
    readonly subject: RunSubject
    readonly layers: readonly Layer[]
  }
): Promise<RunResult> {
  const { inputs, context, runner, limits, git, github, clock, progress } = session
  const { environment, branch } = selected.selection
  const { subject, layers } = selected
  const { signal } = limits
  const aws = await session.openAws(environment)
  const identity = identityOf(context)
  const engineContext = { region: (name: string) => aws.region(name), clock, signal, log: runner, ...identity }
  const engine = createEngine(environment.engine, engineContext)
  const scratchDirectory = await mkdtemp(join(context.temporaryDirectory, 'layer-deploy-'))
  try {
    const operation = await operationOf(command)
    const { result, details } = await operation(
      {
        ...{ subject, environment, branch, layers, ...identity },
        headCommit: subject.headCommit ?? '',
        named: inputs.layers !== null,
        regions: inputs.regions,
        dryRun: inputs.dryRun,
        version: inputs.version,
        unrecorded: inputs.unrecorded,
        keep: inputs.keep,
        runUrl: context.runUrl
      },
      { aws, engine, git, github, clock, log: runner, progress, signal, scratchDirectory }
    )
    if (details !== undefined) await session.showDetails(details)
    return result
  } finally {
    await rm(scratchDirectory, { recursive: true, force: true })
  }
}

async function operationOf(command: OperationName): Promise<Operation> {
  switch (command) {
    case 'rollback':
      return (await import('./rollback/rollback.js')).rollback
    case 'prune':
      return (await import('./prune/prune.js')).prune
    case 'rollout':
      return (await import('./rollout/rollout.js')).rollout
    default:
      return unreachable(command)
  }
}
