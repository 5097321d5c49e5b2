/** `init`: reads the repository and writes the configuration and the workflow; never over anything. */
import { CodedError } from '../../model/errors.js'
import type { Git } from '../../ports/git.js'
import type { WorkingFiles } from '../../ports/working-files.js'
import { initFacts } from './facts.js'
import { configPath, initFiles, workflowPath, type GeneratedFile, type InitAnswers } from './files.js'

export interface InitPorts {
  readonly git: Pick<Git, 'headCommit' | 'readGitlinks' | 'remoteBranchTip'>
  readonly files: WorkingFiles
}

export interface InitDone {
  readonly files: readonly GeneratedFile[]
  /** What is left for a person, one line each. */
  readonly next: readonly string[]
}

/** @throws CodedError FILE_EXISTS before anything is written, CONFIG_INVALID where something is missing, GIT_FAILED */
export async function init({ git, files }: InitPorts, answers: InitAnswers, dryRun: boolean): Promise<InitDone> {
  for (const path of [configPath, workflowPath]) {
    if ((await files.read(path)) !== null) throw exists(path)
  }
  const facts = await initFacts(git, files)
  const generated = initFiles(facts, answers)
  if (!dryRun) {
    for (const { path, text } of generated) if ((await files.create(path, text)) === 'exists') throw exists(path)
  }
  const branchMissing =
    facts.sandboxBranch === null ? ['git push origin HEAD:test: no branch for the sandbox exists yet'] : []
  return {
    files: generated,
    next: [
      ...branchMissing,
      'layer-deploy iam-policy --output iam, then deploy each iam/<environment>/access.template.yml in its account',
      'on GitHub make the environments sandbox and production, each with the variable AWS_ROLE_ARN (DeployRoleArn of its stack)',
      'on GitHub set the repository variables AWS_PLAN_ROLE_SANDBOX and AWS_PLAN_ROLE_PRODUCTION (PlanRoleArn of each stack)',
      'layer-deploy doctor'
    ]
  }
}

function exists(path: string): CodedError {
  return new CodedError('FILE_EXISTS', {
    expected: `no file at ${path}`,
    found: 'one',
    mend: 'keep it and edit it by hand, or move it away and run init again'
  })
}
