/** Configurations of the tests of the bundle: the example of the design with other layers, engine or regions. */
import type { Files } from '../support/superproject.js'

export interface ConfigOptions {
  /** Layer id → its mapping in YAML's flow style. Default one layer, `da_flask`, in the folder of that name. */
  readonly layers?: Readonly<Record<string, string>>
  readonly engine?: 'cloudformation' | 'lambda'
  readonly regions?: readonly string[]
  /** Template of the bucket names after the account id. Default `code-deployment`. */
  readonly bucket?: string
  /** Further lines of the sandbox environment. */
  readonly sandbox?: readonly string[]
}

export function configText(options: ConfigOptions = {}): string {
  const { layers = { da_flask: '{ path: da_flask }' }, engine = 'cloudformation', sandbox = [] } = options
  const { regions = ['us-east-2'], bucket = 'code-deployment' } = options
  const environment = (name: string, branch: string, stage: string, account: string, further: readonly string[]) => [
    `  ${name}:`,
    ...[
      `branch: ${branch}`,
      `stage: ${stage}`,
      `account-id: "${account}"`,
      `regions: [${regions.join(', ')}]`,
      `artifact-bucket: "${account}-${bucket}"`,
      `engine: ${engine}`,
      ...further
    ].map(line => `    ${line}`)
  ]
  return [
    'version: 1',
    'environments:',
    ...environment('sandbox', 'test', 'dev', '111122223333', sandbox),
    ...environment('production', 'main', 'prod', '444455556666', ['promote-from: sandbox']),
    'defaults:',
    '  compatible-runtimes: [python3.10]',
    'layers:',
    ...Object.entries(layers).map(([id, mapping]) => `  ${id}: ${mapping}`),
    ''
  ].join('\n')
}

/** One layer in a plain folder: the smallest superproject that deploys. */
export const folderLayer: Files = { 'da_flask/python/da_flask/__init__.py': '__version__ = "1"\n' }

/** `count` layers in plain folders: their configuration and their files. */
export function manyLayers(count: number): { layers: Record<string, string>; files: Files } {
  const ids = Array.from({ length: count }, (_unused, index) => `layer_${String(index).padStart(3, '0')}`)
  return {
    layers: Object.fromEntries(ids.map(id => [id, `{ path: ${id} }`])),
    files: Object.fromEntries(ids.map(id => [`${id}/python/${id}.py`, `name = "${id}"\n`]))
  }
}
