import { describe, expect, it } from '@jest/globals'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'
import { inputVariables, readActionManifest, type ActionManifest } from '../../../emulators/runner/action-manifest.js'

const manifest = (inputs: Record<string, string>): ActionManifest => ({
  inputs: new Map(Object.entries(inputs)),
  using: 'node20',
  main: 'dist/index.js',
  post: null,
  postIf: 'always()'
})

describe('input variables', () => {
  it('keeps hyphens, turns spaces into underscores, and sets what has no default to nothing', () => {
    const { variables } = inputVariables(
      manifest({ 'github-token': '', 'two words': 'x' }),
      { 'github-token': 't' },
      {}
    )
    expect(variables).toEqual({ 'INPUT_GITHUB-TOKEN': 't', INPUT_TWO_WORDS: 'x' })
  })

  it('takes defaults from the github context, and an empty input as given', () => {
    const token = manifest({ token: '${{ github.token }}', url: '<${{github.api_url}}>' })
    const github = { token: 'ghs_EXAMPLE', api_url: 'http://127.0.0.1' }
    expect(inputVariables(token, {}, github).variables).toEqual({
      INPUT_TOKEN: 'ghs_EXAMPLE',
      INPUT_URL: '<http://127.0.0.1>'
    })
    expect(inputVariables(token, { TOKEN: '' }, github).variables['INPUT_TOKEN']).toBe('')
  })

  it('warns of unknown inputs and hands them on', () => {
    const { variables, warning } = inputVariables(manifest({ a: '', b: '' }), { x: '1', A: '2' }, {})
    expect(warning).toBe("Unexpected input(s) 'x', valid inputs are ['a', 'b']")
    expect(variables).toEqual({ INPUT_X: '1', INPUT_A: '2', INPUT_B: '' })
  })

  it('refuses an expression that it does not know', () => {
    expect(() => inputVariables(manifest({ a: '${{ secrets.X }}' }), {}, {})).toThrow('secrets.X')
  })
})

describe('action.yml of this action', () => {
  const root = resolve('.')

  it('has the inputs and defaults of the design', async () => {
    const { inputs } = await readActionManifest(root)
    expect(Object.fromEntries(inputs)).toEqual({
      command: 'auto',
      config: '.github/layer-deploy.yml',
      'working-directory': '.',
      layers: '',
      environment: '',
      regions: '',
      base: '',
      force: 'false',
      'dry-run': 'false',
      version: '',
      keep: '10',
      submodules: 'auto',
      preview: 'false',
      'part-of-fan-out': 'false',
      'promotion-override': '',
      'ssh-key': '',
      'ssh-known-hosts': '',
      comment: 'true',
      status: 'true',
      'github-token': '${{ github.token }}',
      'timeout-minutes': '20'
    })
  })

  it('has the outputs of the design, each described, and runs the bundle', async () => {
    interface Described {
      description?: string
    }
    const raw = parse(await readFile(join(root, 'action.yml'), 'utf8')) as {
      inputs: Record<string, Described>
      outputs: Record<string, Described>
      runs: unknown
    }
    expect(Object.keys(raw.outputs)).toEqual([
      'command',
      'environment',
      'stage',
      'account-id',
      'regions',
      'changed',
      'changed-layers',
      'matrix',
      'layer-versions',
      'versions',
      'conclusion',
      'plan',
      'sboms',
      'consumers'
    ])
    for (const described of [...Object.values(raw.inputs), ...Object.values(raw.outputs)]) {
      expect(described.description).toMatch(/\.$/)
    }
    expect(raw.runs).toEqual({
      using: 'node20',
      main: 'dist/index.js',
      post: 'dist/post/index.js',
      'post-if': 'always()'
    })
  })

  it('is refused where it is no JavaScript action', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'action-'))
    await writeFile(join(folder, 'action.yml'), 'runs:\n  using: composite\n  steps: []\n')
    await expect(readActionManifest(folder)).rejects.toThrow('not a JavaScript action')
    await rm(folder, { recursive: true })
  })
})
