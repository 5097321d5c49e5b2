/** A clone of a superproject with many submodules, none of them checked out, one of which the last push moved. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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

export function makeManyGitlinks(count: number): ManyGitlinks {
  const scratch = mkdtempSync(join(tmpdir(), 'many-gitlinks-'))
  const [origin, workspace] = [join(scratch, 'origin'), join(scratch, 'workspace')]
  const layers = Array.from({ length: count }, (_, index) => `layer_${index}`)
  const changed = layers[Math.floor(count / 2)] ?? ''
  const git = (...args: readonly string[]): string => {
    const env: NodeJS.ProcessEnv = { PATH: process.env['PATH'], HOME: scratch, ...identity }
    return execFileSync('git', args, { cwd: origin, env, encoding: 'utf8' }).trim()
  }
  mkdirSync(join(origin, '.github'), { recursive: true })
  git('init', '-q', '-b', 'test')
  const modules = layers.map(name => `[submodule "${name}"]\n\tpath = ${name}\n\turl = ../${name}.git\n`)
  writeFileSync(join(origin, '.gitmodules'), modules.join(''))
  writeFileSync(join(origin, '.github/layer-deploy.yml'), configOf(layers))
  git('add', '.')
  const moveTo = (names: readonly string[], commit: string): string => {
    for (const name of names) git('update-index', '--add', '--cacheinfo', `160000,${commit.repeat(40)},${name}`)
    git('commit', '-q', '-m', `move ${names.length}`)
    return git('rev-parse', 'HEAD')
  }
  const before = moveTo(layers, '1')
  const after = moveTo([changed], '2')
  git('clone', '-q', origin, workspace)
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

const identity = {
  ...{ GIT_AUTHOR_NAME: 'bench', GIT_AUTHOR_EMAIL: 'bench@example.com' },
  ...{ GIT_COMMITTER_NAME: 'bench', GIT_COMMITTER_EMAIL: 'bench@example.com' }
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
