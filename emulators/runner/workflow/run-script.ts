/** A `run:` step: the script in bash, as a hosted Linux runner starts it where no shell is named. */
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCommandFiles } from '../command-files.js'
import { createCommandReader } from '../command-reader.js'
import { githubExpressionContext, githubVariables } from '../github-context.js'
import { makeCommandFiles, makeRunnerDirectories } from '../runner-directories.js'
import { baseEnvironment } from '../runner-environment.js'
import { createStepLog } from '../step-log.js'
import { runStepProcess } from '../step-process.js'
import type { RunningJob, StepEffect } from './host.js'

/** @param env what the job and the step set, expressions evaluated */
export async function runScript(
  script: string,
  env: Readonly<Record<string, string>>,
  job: RunningJob
): Promise<StepEffect> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'runner-script-')))
  try {
    const directories = await makeRunnerDirectories(root, JSON.stringify(job.github.payload))
    const paths = await makeCommandFiles(directories)
    const file = join(directories.temp, 'script.sh')
    await writeFile(file, script)
    const log = createStepLog(job.masker)
    const { masker, workspace } = job
    const reader = createCommandReader({ log, masker, workspace, debug: false })
    const files = Object.entries(paths).map(([name, path]) => [`GITHUB_${name.toUpperCase()}`, path] as const)
    const { exitCode } = await runStepProcess({
      argv: ['bash', '-e', file],
      cwd: workspace,
      env: {
        ...baseEnvironment(directories, { workspace, env }),
        ...githubVariables(githubExpressionContext(job.github)),
        ...Object.fromEntries(files)
      },
      timeoutMs: job.timeoutMs,
      onLine: reader.read
    })
    const left = await readCommandFiles(paths, log, masker)
    if (exitCode !== 0) log.error(`Process completed with exit code ${exitCode}.`)
    return {
      failed: exitCode !== 0 || log.failed,
      outputs: Object.fromEntries(left.outputs),
      env: Object.fromEntries(left.env),
      path: left.path,
      log: log.lines
    }
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}
