import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { parse } from 'yaml'
import { createGit } from '../../../src/adapters/git/index.js'
import { processRunner } from '../../../src/adapters/process/index.js'
import { workingFiles } from '../../../src/adapters/process/working-files.js'
import { parseConfig } from '../../../src/config/load.js'
import { furtherProblems, type CodedError } from '../../../src/model/errors.js'
import { checkWorkflows } from '../../../src/setup/doctor/workflows/check-workflows.js'
import type { InitFacts } from '../../../src/setup/init/facts.js'
import { configPath, initFiles, workflowPath, init } from '../../../src/setup/init/index.js'
import type { InitAnswers } from '../../../src/setup/init/answers.js'
import { runGit } from '../../support/git-process.js'
import { makeSuperproject, type Superproject } from '../../support/superproject.js'

const answers: InitAnswers = {
  sandboxAccount: '111122223333',
  productionAccount: '444455556666',
  regions: ['us-east-2'],
  runtime: null,
  action: 'org/layer-deploy-action@v1'
}
const facts: InitFacts = {
  layers: [{ path: 'da_flask', kind: 'submodule' }],
  productionBranch: 'main',
  sandboxBranch: 'test',
  runtime: 'python3.10',
  sshSubmodules: []
}

let world: Superproject
beforeAll(async () => {
  world = await makeSuperproject({
    config: null,
    files: {
      '.python-version': '3.11.4\n',
      'own_layer/pyproject.toml': '[project]\nrequires-python = ">=3.9"\n',
      'docs/requirements.txt': 'mkdocs\n',
      'data/table.csv': '1\n'
    }
  })
})
afterAll(() => world.close())

async function portsOf(branch: string) {
  const directory = await world.cloneForRun({ branch })
  const git = createGit({ process: processRunner(), directory, scratchDirectory: world.directory })
  return { directory, ports: { git, files: workingFiles(directory) } }
}

describe('init', () => {
  it('writes a configuration and a workflow for what the repository holds, and once only', async () => {
    const { directory, ports } = await portsOf('main')
    const { files, next } = await init(ports, answers, 'write')
    expect(files.map(({ path }) => path)).toEqual([configPath, workflowPath])
    const text = await readFile(join(directory, configPath), 'utf8')
    const config = parseConfig(text, configPath)
    expect(config.layers.map(({ id, path }) => [id, path])).toEqual([
      ['da_flask', 'da_flask'],
      ['da_framework', 'da_framework'],
      ['own_layer', 'own_layer']
    ])
    expect(config.layers[0]?.compatibleRuntimes).toEqual(['python3.11'])
    expect(config.environments).toMatchObject([
      { name: 'sandbox', branches: ['test'], stage: 'dev', accountId: '111122223333', promoteFrom: null },
      { name: 'production', branches: ['main'], stage: 'prod', accountId: '444455556666', promoteFrom: 'sandbox' }
    ])
    expect(next.join('\n')).toContain('iam-policy')
    await expect(init(ports, answers, 'write')).rejects.toMatchObject({ code: 'FILE_EXISTS' })
    expect(await readFile(join(directory, configPath), 'utf8')).toBe(text)
  })

  it.each(['refs/heads/test', 'refs/remotes/origin/test'])(
    'goes by what the clone knows where the remote does not answer: %s',
    async ref => {
      const { directory, ports } = await portsOf('main')
      await runGit(directory, ['update-ref', ref, 'HEAD'])
      await runGit(directory, ['remote', 'set-url', 'origin', 'http://127.0.0.1:1/nowhere.git'])
      const { files, next } = await init(ports, answers, 'show')
      const { environments } = parseConfig(files[0]?.text ?? '', configPath)
      expect(environments.map(({ branches }) => branches)).toEqual([['test'], ['main']])
      expect(next.join('\n')).not.toContain('git push')
    }
  )

  it('a workflow of that name alone keeps it from writing anything', async () => {
    const { ports } = await portsOf('main')
    expect(await ports.files.create(workflowPath, 'name: Mine\n')).toBe('created')
    await expect(init(ports, answers, 'write')).rejects.toMatchObject({ code: 'FILE_EXISTS' })
    expect(await ports.files.read(workflowPath)).toBe('name: Mine\n')
    expect(await ports.files.read(configPath)).toBeNull()
  })

  it('names the files that keep it from writing, and those that it leaves alone', async () => {
    const { ports } = await portsOf('main')
    await ports.files.create('.github/workflows/ci.yml', 'name: CI\n')
    const done = await init(ports, answers, 'write')
    expect(done.leftAlone).toEqual(['.github/workflows/ci.yml'])
    await expect(init(ports, answers, 'write')).rejects.toThrow(`${configPath} and ${workflowPath}`)
  })

  it('compares with what is there, whose accounts need not be said again', async () => {
    const { ports, directory } = await portsOf('main')
    await init(ports, answers, 'write')
    const bare = { ...answers, sandboxAccount: null, productionAccount: null, regions: [] }
    expect((await init(ports, bare, 'compare')).differences).toEqual(['', ''])
    const path = join(directory, configPath)
    await writeFile(path, (await readFile(path, 'utf8')).replace('    stage: dev\n', '    stage: sandbox\n'))
    const [difference] = (await init(ports, bare, 'compare')).differences
    expect(difference).toMatch(/^--- a\/.github\/layer-deploy.yml\n\+\+\+ b/)
    expect(difference!.match(/^[-+] .*/gm)).toEqual(['-    stage: sandbox', '+    stage: dev'])
  })

  it('says what to put where it does not know where the action comes from', async () => {
    const { ports } = await portsOf('main')
    const { next } = await init(ports, { ...answers, action: 'OWNER/layer-deploy-action@v1' }, 'show', false)
    expect(next.join('\n')).toContain('replace OWNER/layer-deploy-action@v1')
    expect((await init(ports, answers, 'show')).next.join('\n')).not.toContain('OWNER')
  })

  it('a dry run shows and writes nothing', async () => {
    const { ports } = await portsOf('test')
    expect((await init(ports, answers, 'show')).files).toHaveLength(2)
    expect(await ports.files.read(configPath)).toBeNull()
  })
})

describe('initFiles', () => {
  it('names all that is missing at once', () => {
    const nothing: InitAnswers = { ...answers, sandboxAccount: null, productionAccount: null, regions: [] }
    expect(() => initFiles({ ...facts, layers: [], runtime: null }, nothing)).toThrow(
      /CONFIG_INVALID.*submodule.*--sandbox-account.*--production-account.*--region.*--runtime/
    )
  })

  const problemsOf = (change: Partial<InitAnswers>, from: InitFacts = facts): readonly string[] => {
    try {
      initFiles(from, { ...answers, ...change })
      return []
    } catch (error) {
      const coded = error as CodedError
      return [coded, ...furtherProblems(coded)].map(({ message }) => message)
    }
  }
  it.each([
    ['a region that is none', { regions: ['narnia'] }, [/region .* for --region, found "narnia"/]],
    ['one of several', { regions: ['us-east-2', 'us-eats-2'] }, [/us-eats-2/]],
    ['regions of two partitions', { regions: ['us-east-2', 'cn-north-1'] }, [/one partition/]],
    ['an account that is too short', { sandboxAccount: '1111' }, [/12 digits.* for --sandbox-account, found "1111"/]],
    ['an account of letters', { productionAccount: 'productionacc' }, [/--production-account/]],
    ['the same account twice', { productionAccount: '111122223333' }, [/two accounts.*111122223333/]],
    ['a bucket', { sandboxBucket: 's3://My_Bucket' }, [/for --sandbox-bucket, found/]],
    ['a bucket of the other', { productionBucket: 'a' }, [/for --production-bucket, found/]],
    ['a branch', { sandboxBranch: 'refs/heads/test' }, [/branch name for --sandbox-branch/]],
    ['a pattern of branches', { productionBranch: 'release/*' }, [/--production-branch/]],
    ['the same branch twice', { sandboxBranch: 'main' }, [/each branch in one environment/]],
    ['a stage', { sandboxStage: 'my stage' }, [/stage .* for --sandbox-stage/]],
    ['a runtime', { runtime: 'python2' }, [/runtime.* for --runtime, found "?python2/]],
    ['an action', { action: 'layer-deploy-action' }, [/owner\/name@ref for --action/]],
    ['text that ends the list', { regions: ['us-east-2]\nx: ['] }, [/--region/]]
  ] as const)('refuses %s, and says which option gives it', (_name, change, expected) => {
    const problems = problemsOf(change)
    expect(problems.every(each => each.startsWith('CONFIG_INVALID: '))).toBe(true)
    // One mistake is told once, though both environments have the region.
    expect(problems).toEqual(expected.map(one => expect.stringMatching(one)))
  })
  it('shows what is missing and what is wrong at once', () => {
    const problems = problemsOf({ sandboxAccount: '1111', productionAccount: null, regions: ['narnia'] })
    expect(problems[0]).toMatch(/nothing for --production-account/)
    expect(problems.join('\n')).toMatch(
      /--sandbox-account, found[^]*--region, found|--region, found[^]*--sandbox-account, found/
    )
  })
  it('takes what is given in place of the usual, and what it writes is a configuration', () => {
    const given = {
      ...{ sandboxBranch: 'develop', productionBranch: 'release', sandboxStage: 'sb', productionStage: 'live' },
      ...{ sandboxBucket: 'my.bucket-1', productionBucket: 'other-{region}', regions: ['us-east-2', 'eu-west-1'] }
    }
    const [config] = initFiles(facts, { ...answers, ...given, sandboxBucket: 'my-bucket-{region}' })
    expect(parseConfig(config!.text, configPath).environments).toMatchObject([
      { branches: ['develop'], stage: 'sb', artifactBucketTemplate: 'my-bucket-{region}' },
      { branches: ['release'], stage: 'live', artifactBucketTemplate: 'other-{region}' }
    ])
  })
  it('submodules over SSH: the deploy is given a key, and doctor is content', () => {
    const [, plain] = initFiles(facts, answers)
    expect(plain!.text).not.toContain('ssh-key')
    const [, workflow] = initFiles({ ...facts, sshSubmodules: ['da_flask'] }, answers)
    expect(workflow!.text).toContain('ssh-key: ${{ secrets.LAYERS_SSH_KEY }}')
    const found = (text: string) =>
      checkWorkflows([{ path: 'w.yml', text }], { sshLayers: ['da_flask'], gated: false }).filter(
        ({ level }) => level === 'problem'
      )
    expect(found(workflow!.text)).toEqual([])
    expect(found(plain!.text)).toHaveLength(1)
  })

  it('the workflow plans on pull requests, deploys on the branches, with no more rights than that', () => {
    const text = initFiles({ ...facts, productionBranch: 'master' }, answers)[1]?.text ?? ''
    const workflow = parse(text) as {
      on: Record<string, { branches: string[] }>
      concurrency: object
      permissions: object
      jobs: Record<string, { if: string; environment?: string; permissions: object; steps: { uses: string }[] }>
    }
    expect(Object.keys(workflow.on)).toEqual(['pull_request', 'merge_group', 'push'])
    expect(Object.values(workflow.on).map(({ branches }) => branches)).toEqual(Array(3).fill(['test', 'master']))
    expect(workflow.concurrency).toMatchObject({ 'cancel-in-progress': false })
    expect(workflow.permissions).toEqual({})
    expect(workflow.jobs['plan']).not.toHaveProperty('environment')
    expect(workflow.jobs['plan']?.permissions).toMatchObject({ deployments: 'read' })
    expect(workflow.jobs['deploy']?.environment).toContain("'master' && 'production' || 'sandbox'")
    expect(workflow.jobs['deploy']?.permissions).toMatchObject({ 'id-token': 'write', deployments: 'write' })
    for (const { steps } of Object.values(workflow.jobs)) {
      for (const { uses } of steps.slice(0, -1)) expect(uses).toMatch(/@[0-9a-f]{40}$/)
    }
  })

  it('whatever the paths of the submodules are, the configuration is a right one', () => {
    const part = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_. -]{0,20}[A-Za-z0-9_]$/)
    const path = fc.array(part, { minLength: 1, maxLength: 3 }).map(parts => parts.join('/'))
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 8 }), paths => {
        const layers = paths.map(each => ({ path: each, kind: 'submodule' as const }))
        const [file] = initFiles({ ...facts, layers }, { ...answers, regions: ['us-east-2', 'eu-west-1'] })
        const config = parseConfig(file?.text ?? '', configPath)
        expect(config.layers.map(each => each.path).sort()).toEqual([...paths].sort())
      }),
      { numRuns: 300 }
    )
  })
})
