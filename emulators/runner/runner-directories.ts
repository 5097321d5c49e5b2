import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RunnerDirectories {
  readonly root: string
  /** RUNNER_TEMP: what an action leaves here can be looked at while the root exists. */
  readonly temp: string
  readonly home: string
  readonly toolCache: string
  readonly eventPath: string
}

/** @param eventText the event file's text; `null`: there is no such file. */
export async function makeRunnerDirectories(
  root: string | undefined,
  eventText: string | null
): Promise<RunnerDirectories> {
  const base = root ?? (await realpath(await mkdtemp(join(tmpdir(), 'runner-'))))
  const directories = {
    root: base,
    temp: join(base, '_temp'),
    home: join(base, 'home'),
    toolCache: join(base, 'tools'),
    eventPath: join(base, '_temp', '_github_workflow', 'event.json')
  }
  const folders = [directories.home, directories.toolCache, join(directories.temp, '_github_workflow')]
  for (const folder of folders) await mkdir(folder, { recursive: true })
  if (eventText !== null) await writeFile(directories.eventPath, eventText)
  return directories
}

/** The files of one step, empty, in the order in which the runner reads them. */
export interface CommandFiles {
  readonly path: string
  readonly env: string
  readonly step_summary: string
  readonly state: string
  readonly output: string
}

export async function makeCommandFiles(directories: RunnerDirectories): Promise<CommandFiles> {
  const folder = join(directories.temp, '_runner_file_commands')
  await mkdir(folder, { recursive: true })
  const suffix = randomUUID()
  const files = {
    path: join(folder, `add_path_${suffix}`),
    env: join(folder, `set_env_${suffix}`),
    step_summary: join(folder, `step_summary_${suffix}`),
    state: join(folder, `save_state_${suffix}`),
    output: join(folder, `set_output_${suffix}`)
  }
  for (const file of Object.values(files)) await writeFile(file, '')
  return files
}
