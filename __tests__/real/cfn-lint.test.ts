/** Every stack template that is generated, as cfn-lint judges it: AWS's own linter of CloudFormation, with AWS's resource schemas. */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Access, Config, LayerProperties } from '../../src/model/index.js'
import { noAccess, targetsOf } from '../../src/publish-layers/target.js'
import { stackTemplate } from '../../src/publish-layers/engines/cloudformation/stack-template.js'
import { judgeTemplate } from '../../src/publish-layers/own-template/read-own-template.js'
import { readTemplateDocument } from '../../src/publish-layers/own-template/template-document.js'
import { iamPolicy } from '../../src/setup/iam-policy/index.js'
import { purposes } from '../../src/setup/iam-policy/permissions.js'
import { layer, production, sandbox } from '../support/configs.js'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cfn-lint-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** `file: rule message` of each finding. The region is named: the default is us-east-1, whatever a template is for. */
async function findings(): Promise<readonly string[]> {
  const files = (await readdir(folder)).map(name => join(folder, name))
  const args = ['--regions', 'us-east-2', '--format', 'json', '--', ...files]
  const { stdout } = await run('cfn-lint', args, { cwd: folder, maxBuffer: 16 * 1024 * 1024 }).catch(
    (error: unknown) => {
      // Findings make its exit status: 2, 4 and 8 are bits of their kinds.
      const { stdout = '', code } = error as { stdout?: string; code?: unknown }
      if (typeof code !== 'number' || stdout === '') throw error
      return { stdout }
    }
  )
  const found = JSON.parse(stdout) as readonly { Filename: string; Rule: { Id: string }; Message: string }[]
  return found.map(({ Filename, Rule, Message }) => `${Filename.slice(folder.length + 1)}: ${Rule.Id} ${Message}`)
}

const plain: LayerProperties = {
  description: '',
  licenseInfo: '',
  compatibleRuntimes: ['python3.10'],
  compatibleArchitectures: []
}
const full: LayerProperties = {
  description: 'What it holds — 層',
  licenseInfo: 'MIT',
  compatibleRuntimes: ['python3.12', 'python3.13'],
  compatibleArchitectures: ['x86_64', 'arm64']
}
const accesses: Readonly<Record<string, Access>> = {
  none: noAccess,
  parameter: { ssmParameter: '/layers/dev/da-flask', sharedWith: [] },
  shared: { ssmParameter: null, sharedWith: ['444455556666', 'o-a1b2c3d4e5'] },
  public: { ssmParameter: '/layers/dev/da-flask', sharedWith: ['public'] }
}

type Templates = readonly (readonly [name: string, text: string])[]

function stackTemplates(): Templates {
  return Object.entries(accesses).flatMap(([access, given]) =>
    [1, 3].flatMap(generation =>
      Object.entries({ plain, full }).map(
        ([name, properties]) =>
          [
            `stack-${access}-${generation}-${name}`,
            stackTemplate('dev-da-flask-layer', properties, generation, given)
          ] as const
      )
    )
  )
}

/** Those of docs/templates.md, as they are deployed. */
async function ownTemplates(): Promise<Templates> {
  const page = await readFile(join(root, 'docs/templates.md'), 'utf8')
  const fence = '`'.repeat(3)
  const blocks = page
    .split(`${fence}yaml\n`)
    .map(text => text.split(fence)[0] ?? '')
    .filter(text => text.startsWith('AWSTemplateFormatVersion'))
  expect(blocks).toHaveLength(2)
  const known: Readonly<Record<string, string>> = { Stage: '{stage}', Name: '{stage}-{layer}-layer' }
  const file = 'da_flask/template.yaml'
  return blocks.flatMap((text, index) => {
    const document = readTemplateDocument(new TextEncoder().encode(text), file)
    const names = Object.keys((document.value['Parameters'] ?? {}) as object)
    const parameters = Object.fromEntries(names.map(name => [name, known[name] ?? '']))
    const own = layer('da_flask', { template: { file, parameters, capabilities: [] } })
    const [target] = targetsOf(sandbox, [own], sandbox.regions)
    const judged = judgeTemplate(document, { ...own, template: own.template! }, target!)
    return Object.entries(accesses).map(
      ([access, given]) =>
        [
          `own-${index}-${access}`,
          stackTemplate(target!.layerName, judged.properties, 1, given, judged.template)
        ] as const
    )
  })
}

/** What `layer-deploy iam-policy` writes, for roles and for users. */
function accessTemplates(): Templates {
  const pattern = { regions: ['us-east-2', 'eu-west-1'], artifactBucketTemplate: 'code-{stage}-{region}' }
  const config: Config = {
    environments: [
      { ...sandbox, ssmParameterTemplate: '/layers/{stage}/{layer}', shareWith: ['444455556666'] },
      { ...production, engine: 'lambda', ...pattern }
    ],
    layers: [layer('da_flask'), layer('da_framework')]
  }
  return (['role', 'user'] as const).flatMap(kind =>
    ['octo-org/superproject', null].flatMap(repository => {
      const repositoryId = repository === null ? null : '4711'
      const options = { for: kind, environments: null, repository, repositoryId, purposes }
      return iamPolicy(config, options).map(
        ({ environment, template }) =>
          [`access-${kind}-${repository === null ? 'any' : 'one'}-${environment}`, template] as const
      )
    })
  )
}

/** The team passes it, and the version's properties took its value in as text: the parameter stays as the team declared it. */
const answered = /^own-\d+-\w+\.template: W2001 Parameter (?:Stage|Name) not used/

it('cfn-lint finds nothing in a generated template, and finds a parameter that nothing uses', async () => {
  const templates = [...stackTemplates(), ...(await ownTemplates()), ...accessTemplates()]
  for (const [name, text] of templates) await writeFile(join(folder, `${name}.template`), text)
  const { Outputs: _taken, ...rest } = JSON.parse(stackTemplate('a', plain, 1, noAccess)) as Record<string, unknown>
  await writeFile(join(folder, 'unused.template'), JSON.stringify(rest))
  const all = await findings()
  const found = all.filter(finding => !answered.test(finding))
  console.log(
    `judge cfn-lint: ${templates.length} templates, ${found.length - 1} findings, ${all.length - found.length} answered`
  )
  expect(found).toEqual([expect.stringMatching(/^unused\.template: W2001 Parameter Generation/)])
})
