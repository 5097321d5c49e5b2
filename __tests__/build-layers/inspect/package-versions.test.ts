import { expect, it } from '@jest/globals'
import { packagesIn } from '../../../src/build-layers/inspect/installed-packages.js'

it('packages by their .dist-info folders, each once, under the names that indexes compare', () => {
  const paths = [
    'python/Flask-3.0.2.dist-info/METADATA',
    'python/Flask-3.0.2.dist-info/RECORD',
    'python/flask/app.py',
    'python/lib/python3.10/site-packages/ruamel.yaml_clib-0.2.8.dist-info/METADATA',
    'python/two-1.0.dist-info/METADATA',
    'python/two-2.0+local.1.dist-info/METADATA'
  ]
  expect(packagesIn(paths)).toEqual([
    { name: 'flask', version: '3.0.2' },
    { name: 'ruamel-yaml-clib', version: '0.2.8' },
    { name: 'two', version: '1.0' },
    { name: 'two', version: '2.0+local.1' }
  ])
})

it('what a package carries inside itself, a name without version, and other folders are none', () => {
  const paths = [
    'python/pip/_vendor/urllib3-2.0.dist-info/METADATA',
    'python/noversion.dist-info/METADATA',
    'python/-1.0.dist-info/METADATA',
    'python/empty-.dist-info/METADATA',
    'python/flask-3.0.2.dist-info',
    'nodejs/node_modules/x-1.0.dist-info/METADATA'
  ]
  expect(packagesIn(paths)).toEqual([])
})
