/** A clone of a superproject with many submodules, none of them checked out, one of which the last push moved. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runGit } from '../emulators/world/git-process.js'

export interface ManyGitlinks {
  readonly layers: readonly string[]
  /** The layer whose submodule the push moved. */
  readonly changed: string
  /** The variables of the push's job, as the runner sets them, and the file that its outputs go to. */
  job(ref: string, inputs: Readonly<Record<string, string>>): Job
  remove(): void
}

interface Job {
  readonly env: NodeJS.ProcessEnv
  readonly output: string
  readonly workspace: string
}

export async function makeManyGitlinks(count: number): Promise<ManyGitlinks> {
  const scratch = mkdtempSync(join(tmpdir(), 'many-gitlinks-'))
  const [origin, workspace] = [join(scratch, 'origin'), join(scratch, 'workspace')]
  const layers = Array.from({ length: count }, (_, index) => `layer_${index}`)
  const changed = layers[Math.floor(count / 2)] ?? ''
  mkdirSync(join(origin, '.github'), { recursive: true })
  await runGit(origin, ['init', '-q', '-b', 'test'])
  const modules = layers.map(name => `[submodule "${name}"]\n\tpath = ${name}\n\turl = ../${name}.git\n`)
  writeFileSync(join(origin, '.gitmodules'), modules.join(''))
  writeFileSync(join(origin, '.github/layer-deploy.yml'), configOf(layers))
  await runGit(origin, ['add', '.'])
  const moveTo = async (names: readonly string[], digit: string): Promise<string> => {
    const lines = names.map(name => `160000 ${digit.repeat(40)}\t${name}\n`)
    await runGit(origin, ['update-index', '--add', '--index-info'], { stdin: lines.join('') })
    await runGit(origin, ['commit', '-q', '-m', `move ${names.length}`])
    return await runGit(origin, ['rev-parse', 'HEAD'])
  }
  const before = await moveTo(layers, '1')
  const after = await moveTo([changed], '2')
  await runGit(scratch, ['clone', '-q', origin, workspace])
  let jobs = 0
  return {
    layers,
    changed,
    job: (ref, inputs) => {
      const [event, output] = [join(scratch, `event-${++jobs}.json`), join(scratch, `output-${jobs}`)]
      writeFileSync(event, JSON.stringify({ ref, before, after, repository: { default_branch: 'main' } }))
      const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value] as const)
      const env: NodeJS.ProcessEnv = {
        ...{ PATH: process.env['PATH'], HOME: scratch, GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace },
        ...{ GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: event, GITHUB_REF: ref, GITHUB_SHA: after },
        ...{ GITHUB_REPOSITORY: 'octo-org/superproject', RUNNER_TEMP: scratch, GITHUB_OUTPUT: output },
        ...{ AWS_EC2_METADATA_DISABLED: 'true', ...Object.fromEntries(given) }
      }
      return { env, output, workspace }
    },
    remove: () => {
      rmSync(scratch, { recursive: true })
    }
  }
}

function configOf(layers: readonly string[]): string {
  return `version: 1
environments:
  sandbox:
    branch: test
    stage: dev
    account-id: "111122223333"
    regions: [us-east-2]
    artifact-bucket: 111122223333-code-deployment
defaults:
  compatible-runtimes: [python3.10]
layers:
${layers.map(name => `  ${name}: { path: ${name} }`).join('\n')}
`
}
