import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { parse } from 'yaml'
import { createGit } from '../../../src/adapters/git/index.js'
import { processRunner } from '../../../src/adapters/process/index.js'
import { workingFiles } from '../../../src/adapters/process/working-files.js'
import { parseConfig } from '../../../src/config/load.js'
import type { InitFacts } from '../../../src/setup/init/facts.js'
import { configPath, initFiles, workflowPath, type InitAnswers } from '../../../src/setup/init/files.js'
import { init } from '../../../src/setup/init/index.js'
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
  runtime: 'python3.10'
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
    const { files, next } = await init(ports, answers, false)
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
    await expect(init(ports, answers, false)).rejects.toMatchObject({ code: 'FILE_EXISTS' })
    expect(await readFile(join(directory, configPath), 'utf8')).toBe(text)
  })

  it('a workflow of that name alone keeps it from writing anything', async () => {
    const { ports } = await portsOf('main')
    expect(await ports.files.create(workflowPath, 'name: Mine\n')).toBe('created')
    await expect(init(ports, answers, false)).rejects.toMatchObject({ code: 'FILE_EXISTS' })
    expect(await ports.files.read(workflowPath)).toBe('name: Mine\n')
    expect(await ports.files.read(configPath)).toBeNull()
  })

  it('a dry run shows and writes nothing', async () => {
    const { ports } = await portsOf('test')
    expect((await init(ports, answers, true)).files).toHaveLength(2)
    expect(await ports.files.read(configPath)).toBeNull()
  })
})

describe('initFiles', () => {
  it('names all that is missing at once', () => {
    const nothing: InitAnswers = { ...answers, sandboxAccount: '12', productionAccount: null, regions: [] }
    expect(() => initFiles({ ...facts, layers: [], runtime: null }, nothing)).toThrow(
      /CONFIG_INVALID.*submodule.*--sandbox-account.*--production-account.*--region.*--runtime/
    )
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
