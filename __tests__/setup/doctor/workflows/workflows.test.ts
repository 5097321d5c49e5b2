/** Doctor and the workflows that this repository shows: no false problem on any, and the causes of a false green are found. */
import { readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { letsThrough } from '../../../../src/setup/doctor/workflows/condition.js'
import { checkWorkflows } from '../../../../src/setup/doctor/workflows/check-workflows.js'
import { findingLine } from '../../../../src/setup/doctor/index.js'
import { initFiles } from '../../../../src/setup/init/index.js'

const root = resolve(import.meta.dirname, '../../../..')

interface Shown {
  readonly name: string
  readonly text: string
}

async function filesIn(folder: string, form: RegExp): Promise<readonly Shown[]> {
  const names = (await readdir(join(root, folder), { recursive: true })).filter(name => form.test(name))
  return Promise.all(
    names.map(async name => ({ name: `${folder}/${name}`, text: await readFile(join(root, folder, name), 'utf8') }))
  )
}

/** Blocks of YAML in a page that are whole workflows: with triggers and jobs. */
function workflowsOf({ name, text }: Shown): readonly Shown[] {
  return [...text.matchAll(/```ya?ml\n([\s\S]*?)```/g)].flatMap(([, block = ''], index) => {
    const value = parse(block, { logLevel: 'silent' }) as Readonly<Record<string, unknown>> | null
    return value !== null && typeof value === 'object' && 'on' in value && 'jobs' in value
      ? [{ name: `${name}, block ${index + 1}`, text: block }]
      : []
  })
}

let shown: readonly Shown[] = []
beforeAll(async () => {
  const pages = [
    ...(await filesIn('docs', /\.md$/)),
    { name: 'README.md', text: await readFile(join(root, 'README.md'), 'utf8') }
  ]
  const facts = { productionBranch: 'main', sandboxBranch: 'test', runtime: 'python3.10', sshSubmodules: [] }
  const written = initFiles(
    { ...facts, layers: [{ path: 'da_flask', kind: 'submodule' }] },
    {
      ...{ sandboxAccount: '111122223333', productionAccount: '444455556666', regions: ['us-east-2'] },
      ...{ runtime: null, action: 'org/layer-deploy-action@v1' }
    }
  )
  shown = [
    ...(await filesIn('examples', /\.ya?ml$/)),
    ...(await filesIn('.github/workflows', /\.ya?ml$/)),
    ...pages.flatMap(workflowsOf),
    { name: 'init', text: written[1]?.text ?? '' }
  ]
})

const problemsOf = (text: string, sshLayers: readonly string[] = [], gated = false): readonly string[] =>
  checkWorkflows([{ path: 'w.yml', text }], { sshLayers, gated })
    .filter(({ level }) => level === 'problem')
    .map(findingLine)

describe('no false problem', () => {
  it('on any workflow of examples, docs, README, this repository, and what init writes', () => {
    expect(shown.length).toBeGreaterThan(15)
    expect(shown.some(({ name }) => name.startsWith('README'))).toBe(true)
    expect(shown.map(({ name, text }) => [name, problemsOf(text)]).filter(([, found]) => found?.length)).toEqual([])
  })
})

const head = `permissions: { contents: read, statuses: write, pull-requests: write, deployments: write, id-token: write }
concurrency: { group: layers }
jobs:
  deploy:
    runs-on: ubuntu-latest
`
const steps = (given: string): string => `    steps:
      - uses: actions/checkout@${'a'.repeat(40)}
      - uses: aws-actions/configure-aws-credentials@${'a'.repeat(40)}
        with: { role-to-assume: r, aws-region: us-east-2 }
      - uses: org/layer-deploy-action@${'a'.repeat(40)}
        with: ${given}
`

describe('a deploy job that may run on pull requests', () => {
  it.each([
    ['named command', 'on: [push, pull_request]\n', '', '{ command: deploy }', true],
    ['command rollback', 'on: [pull_request]\n', '', '{ command: rollback }', true],
    ['auto in an environment', 'on: [push, pull_request]\n', '    environment: sandbox\n', '{}', true],
    ['a dry run', 'on: [push, pull_request]\n', '', '{ command: deploy, dry-run: true }', false],
    ['auto, no environment', 'on: [push, pull_request]\n', '', '{}', false],
    ['a push alone', 'on: [push]\n', '    environment: sandbox\n', '{ command: deploy }', false],
    ['if push', 'on: [push, pull_request]\n', "    if: github.event_name == 'push'\n", '{ command: deploy }', false],
    [
      'if the branch',
      'on: [push, pull_request]\n',
      "    if: ${{ github.ref == 'refs/heads/main' || github.ref == 'refs/heads/test' }}\n",
      '{ command: deploy }',
      false
    ],
    [
      'if it succeeded, whatever the event',
      'on: [push, pull_request]\n',
      '    if: success()\n    environment: sandbox\n',
      '{}',
      true
    ],
    [
      'if push or a label',
      'on: [push, pull_request]\n',
      "    if: github.event_name == 'push' || contains(github.event.pull_request.labels.*.name, 'deploy')\n",
      '{ command: deploy }',
      true
    ]
  ])('%s', (_name, on, job, given, found) => {
    const problems = problemsOf(on + head + job + steps(given))
    expect(problems).toEqual(found ? [expect.stringMatching(/may run on pull requests/)] : [])
  })

  it('a call of a workflow that deploys', () => {
    const call = (more: string): string =>
      `on: [push, pull_request]\nconcurrency: x\npermissions: {}\njobs:\n  d:\n${more}    uses: org/layer-deploy-action/.github/workflows/deploy-layers.yml@${'a'.repeat(40)}\n`
    expect(problemsOf(call(''))).toEqual([expect.stringMatching(/may run on pull requests/)])
    expect(problemsOf(call("    if: github.event_name != 'pull_request'\n"))).toEqual([])
  })
})

describe('permissions, by what each command does', () => {
  const withPermissions = (permissions: string, given: string, on = 'on: [push]\n'): readonly string[] =>
    problemsOf(`${on}concurrency: x\npermissions: ${permissions}\njobs:\n  d:\n    runs-on: u\n${steps(given)}`)
  it.each([
    ['detect', '{ contents: read, id-token: write }', '{ command: detect }', []],
    ['discover', '{ contents: read, id-token: write }', '{ command: discover }', []],
    [
      'no status, no comment',
      '{ contents: read, id-token: write }',
      '{ command: plan, status: false, comment: false }',
      []
    ],
    [
      'a check run',
      '{ contents: read, id-token: write, checks: write, pull-requests: write }',
      '{ command: plan, status: check-run }',
      []
    ],
    ['a status', '{ contents: read, id-token: write, pull-requests: write }', '{ command: plan }', ['statuses: write']],
    [
      'a deploy',
      '{ contents: read, id-token: write, statuses: write, pull-requests: write }',
      '{}',
      ['deployments: write']
    ],
    ['part of a fan-out', '{ contents: read, id-token: write }', '{ command: deploy, part-of-fan-out: true }', []]
  ])('%s', (_name, permissions, given, missing) => {
    expect(withPermissions(permissions, given).map(line => /no permission (\S+: \S+);/.exec(line)?.[1])).toEqual(
      missing
    )
  })
  it('required checks are read by a deploy', () => {
    const text = `on: [push]\n${head}${steps('{}')}`
    expect(problemsOf(text)).toEqual([])
    expect(problemsOf(text, [], true)).toEqual([expect.stringMatching(/no permission checks: read/)])
  })
})

describe('a submodule over SSH needs a key', () => {
  const on = 'on: [push]\n'
  it.each([
    ['none', steps('{}'), true],
    ['the input', steps('{ ssh-key: "${{ secrets.K }}" }'), false],
    ['an empty one', steps('{ ssh-key: "" }'), true],
    ['nothing is built', steps('{ command: plan }'), false],
    ['a preview builds', steps('{ command: plan, preview: true }'), true],
    [
      'checkout has one',
      steps('{}')
        .replace('\n', '\n')
        .replace(/(checkout@a+)/, '$1\n        with: { ssh-key: "${{ secrets.K }}" }'),
      false
    ]
  ])('%s', (_name, job, found) => {
    const text = on + head + job
    expect(problemsOf(text, ['da_flask'])).toEqual(found ? [expect.stringMatching(/ssh-key.*da_flask/)] : [])
    expect(problemsOf(text)).toEqual([])
  })
  it('a called workflow is handed the secret', () => {
    const call = (secrets: string): string =>
      `on: [push]\nconcurrency: x\npermissions: {}\njobs:\n  d:\n    uses: org/layer-deploy-action/.github/workflows/deploy-layers.yml@${'a'.repeat(40)}\n${secrets}`
    expect(problemsOf(call(''), ['da_flask'])).toEqual([expect.stringMatching(/secrets: \{ ssh-key/)])
    expect(problemsOf(call('    secrets: inherit\n'), ['da_flask'])).toEqual([])
    expect(problemsOf(call('    secrets: { ssh-key: "${{ secrets.K }}" }\n'), ['da_flask'])).toEqual([])
  })
})

describe('letsThrough', () => {
  it.each([
    ["github.event_name == 'push'", 'pull_request', false],
    ["'push' == github.event_name", 'push', true],
    ["github.event_name != 'push'", 'push', false],
    ["!(github.event_name == 'push')", 'pull_request', true],
    ["always() && github.event_name == 'push'", 'pull_request', false],
    ["always() || github.event_name == 'push'", 'pull_request', null],
    ["startsWith(github.ref, 'refs/heads/') && github.event_name == 'push'", 'pull_request', false],
    ["github.ref_name == 'main'", 'pull_request', false],
    ["github.ref_name == 'main'", 'push', null],
    ["contains(fromJSON('[\"a)\"]'), 'x') == true && github.event_name == 'push'", 'schedule', false],
    [false, 'push', false],
    [undefined, 'push', true]
  ])('%s on %s: %s', (condition, event, answer) => {
    expect(letsThrough(condition, event)).toBe(answer)
  })
})
