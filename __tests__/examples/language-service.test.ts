/** Every workflow of this repository, examples and README included, is one that GitHub's own language service accepts. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from '@jest/globals'
import { validate } from '@actions/languageservice'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'

const root = resolve(import.meta.dirname, '../..')
const workflows = ['examples', '.github/workflows'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => name.endsWith('.yml'))
    .map(name => join(folder, name))
)

async function complaints(name: string, text: string): Promise<string[]> {
  const document = TextDocument.create(`file:///.github/workflows/${name}`, 'yaml', 1, text)
  return (await validate(document)).map(({ range, message }) => `${range.start.line + 1}: ${JSON.stringify(message)}`)
}

it.each(workflows)('%s', async path => {
  expect(await complaints('workflow.yml', readFileSync(join(root, path), 'utf8'))).toEqual([])
})

it('the service complains of a key, a context and an output that do not exist', async () => {
  const text = readFileSync(join(root, '.github/workflows/fan-out-layers.yml'), 'utf8')
  expect(await complaints('w.yml', text.replace('fail-fast', 'fail-first'))).not.toEqual([])
  expect(
    await complaints('w.yml', text.replace('needs.plan.outputs.matrix', 'needs.nobody.outputs.matrix'))
  ).not.toEqual([])
})

it.each(workflows)('%s gives the action only inputs that it has', path => {
  const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as { inputs: Record<string, unknown> }
  const workflow = parse(readFileSync(join(root, path), 'utf8')) as {
    jobs: Record<string, { steps?: { uses?: string; with?: Record<string, unknown> }[] }>
  }
  const steps = Object.values(workflow.jobs).flatMap(job => job.steps ?? [])
  const given = steps
    .filter(({ uses }) => uses?.includes('layer-deploy-action'))
    .flatMap(step => Object.keys(step.with ?? {}))
  expect(given.filter(name => !Object.hasOwn(action.inputs, name))).toEqual([])
})
