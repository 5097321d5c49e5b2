/**
 * Bundles the step, the post step (in a folder of its own) and the packing worker into dist/. The same source gives the same bytes, wherever it is built.
 * `node scripts/build.mjs [folder]`, default dist. See docs/adr/0007.
 *
 * Two passes: rolldown puts what every run loads into one flat chunk, ncc makes of it the bundle that is shipped.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'
import { rolldown } from 'rolldown'
import { withEagerModules } from './eager-modules.mjs'
import { licencesOf } from './licences.mjs'

const root = resolve(fileURLToPath(import.meta.url), '../..')
const target = resolve(process.argv[2] ?? join(root, 'dist'))
const flat = join(root, '.build')
const nccOptions = ['--minify', '--target', 'es2022', '--no-cache', '--quiet']
/** By the package that imports them: modules of which nothing is used, or not in every run. */
const standIns = {
  '@actions/github': {
    // Its default connections, 95 ms of every run that speaks to GitHub: ours go over src/adapters/proxy/http-fetch.ts, proxies included, and are always passed on.
    undici: 'export const fetch = globalThis.fetch',
    '@actions/http-client': 'export class HttpClient { getAgent() {} getAgentDispatcher() {} }',
    // A table of a thousand routes, and pages: routes are named and pages counted by src/adapters/github/index.ts.
    '@octokit/plugin-rest-endpoint-methods': 'export const restEndpointMethods = () => ({})',
    '@octokit/plugin-paginate-rest': 'export const paginateRest = () => ({})'
  },
  '@actions/core': {
    // 3 ms of every start, for the state that a run may save.
    crypto: `import { createRequire } from 'node:module'
      export const randomUUID = () => createRequire(import.meta.url)('node:crypto').randomUUID()`
  }
}

const isCore = id => /[\\/]node_modules[\\/]@actions[\\/]core[\\/]/.test(id)

for (const folder of [target, flat]) rmSync(folder, { recursive: true, force: true })

assertPinned()
const step = await bundle('action/index.ts', target, 'index.js')
const post = await bundle('action/post.ts', join(target, 'post'), 'index.js')
// A worker thread loads its program anew: a bundle of its own is small and starts at once.
const worker = await bundle('build-layers/archive/compress/pack-worker.ts', target, 'pack-worker.js')
writeFileSync(join(target, 'licenses.txt'), licencesOf([...step, ...post, ...worker], root))
// Nothing that can deploy may get into the post step: dist/post/modules.txt names what did, for a test.
writeFileSync(join(target, 'post', 'modules.txt'), `${ownModules(post).join('\n')}\n`)
// The command line shares every chunk with the action. The mark is what src/action/index.ts looks for.
mkdirSync(join(target, 'cli'))
const commandLine = "#!/usr/bin/env node\nprocess.argv.splice(2, 0, 'command-line')\nawait import('../index.js')\n"
writeFileSync(join(target, 'cli', 'index.js'), commandLine, { mode: 0o755 })
rmSync(flat, { recursive: true, force: true })

/** @returns the ids of all modules that have code in the bundle: absolute paths */
async function bundle(entry, folder, file) {
  const chunks = join(flat, entry.replaceAll(/\W/g, '-'))
  const modules = await flatten(join(root, 'src', entry), chunks)
  const built = join(chunks, 'ncc')
  run('node_modules/@vercel/ncc/dist/ncc/cli.js', ['build', join(chunks, 'index.js'), '-o', built, ...nccOptions])
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(built)) {
    // ncc may leave assets beside the bundle; only what runs is kept.
    if (!/\.m?js$/.test(name)) continue
    const text = readFileSync(join(built, name), 'utf8')
    if (text.includes(root)) throw new Error(`${name} holds a path of this machine`)
    if (/\.ab ?\+ ?"/.test(text))
      throw new Error(`${name} looks for a file beside the bundle, where ncc put the name of a folder`)
    writeFileSync(join(folder, name === 'index.js' ? file : name), minified(text))
  }
  // Node looks for the nearest package.json: a bundle that users copy alone is an ES module, too.
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n')
  return modules
}

/** One chunk for all that the entry imports statically, whoever else imports it; further ones for what is imported when needed. */
async function flatten(input, folder) {
  const atOnce = new Set()
  const build = await rolldown({
    input: { index: input },
    platform: 'node',
    // Optional parts of a package that this program does not use, and that are not installed.
    external: [/^node:/, 'xmlbuilder2', 'libxmljs2', 'ajv-formats-draft2019'],
    // A package's CommonJS build, which Node would choose, cannot lose what is not used.
    resolve: {
      mainFields: ['module', 'main'],
      conditionNames: ['module', 'node', 'import', 'default'],
      alias: { yaml: join(root, 'node_modules/yaml/browser/dist/index.js') }
    },
    // Its modules do nothing when they are loaded, which its package.json does not say: undici, for OIDC, stays out.
    treeshake: { moduleSideEffects: [{ test: /[\\/]node_modules[\\/]@actions[\\/]core[\\/]/, sideEffects: false }] },
    plugins: [
      {
        // ncc reads `path.resolve(process.cwd(), …)` as a file to ship and puts the name of this folder in its place.
        name: 'the folder is not known before the run',
        transform: code =>
          code.includes('process.cwd()')
            ? code.replaceAll(/(?<![.\w])process\.cwd\(\)/g, 'globalThis.process.cwd()')
            : null
      },
      {
        // The names of the licences, 41 kB: their ids alone are asked for.
        name: 'ids of licences',
        load: id => {
          if (!id.endsWith('spdx.SNAPSHOT.schema.json')) return null
          const { enum: ids } = JSON.parse(readFileSync(id, 'utf8'))
          return { code: JSON.stringify({ enum: ids }), moduleType: 'json' }
        }
      },
      {
        name: 'stand-ins',
        resolveId: (source, importer = '') => {
          const [, name] = /[\\/]node_modules[\\/](@actions[\\/]\w+)[\\/]/.exec(importer) ?? []
          const owner = name?.replace('\\', '/')
          return source in (standIns[owner] ?? {}) ? `\0${owner} ${source}` : null
        },
        load: id => {
          const [owner, source] = id.startsWith('\0') ? id.slice(1).split(' ') : []
          return standIns[owner]?.[source] ?? null
        }
      },
      {
        name: 'what the entry imports statically',
        buildEnd() {
          const visit = id => {
            if (atOnce.has(id)) return
            atOnce.add(id)
            for (const next of this.getModuleInfo(id)?.importedIds ?? [])
              // What @actions/core imports of other packages is for OIDC and `platform`, which are left out.
              if (!isCore(id) || isCore(next)) visit(next)
          }
          visit(input)
          // The entry waits for the whole run: a chunk that imports the entry would wait for itself.
          atOnce.delete(input)
        }
      }
    ]
  })
  const { output } = await build.write({
    dir: folder,
    format: 'esm',
    comments: { legal: false },
    entryFileNames: 'index.js',
    chunkFileNames: '[name].js',
    codeSplitting: { groups: [{ name: 'core', test: id => atOnce.has(id) }] }
  })
  await build.close()
  // 490 kB and 50 ms of every start: it would be there for OIDC, which AWS's own action does.
  for (const { fileName, modules = {} } of output)
    for (const id of Object.keys(modules))
      if (/[\\/]node_modules[\\/]undici[\\/]/.test(id) && ['index.js', 'core.js'].includes(fileName))
        throw new Error(`undici got into ${fileName} of ${input}`)
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n')
  return output.flatMap(({ modules = {} }) =>
    Object.entries(modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : []))
  )
}

function run(script, args) {
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit']
  })
  if (status !== 0) process.exit(status ?? 1)
}

/** ncc minifies the entry alone; half of the chunks would be comments and blanks, which every run reads. Licences stand in licenses.txt. */
function minified(text) {
  const options = { minify: true, format: 'esm', platform: 'node', target: 'node20', legalComments: 'none' }
  return withEagerModules(transformSync(text, options).code)
}

/** Those of src/, as their paths in it. */
function ownModules(ids) {
  const source = join(root, 'src') + sep
  const own = ids.filter(id => id.startsWith(source)).map(id => id.slice(source.length).split(sep).join('/'))
  if (own.length === 0) throw new Error('the bundle holds no module of src/')
  return own.sort()
}

/** Another version of a package gives another bundle. */
function assertPinned() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { esbuild, rolldown, '@vercel/ncc': ncc } = devDependencies
  for (const [name, pinned] of Object.entries({ ...dependencies, esbuild, rolldown, '@vercel/ncc': ncc })) {
    const file = join(root, 'node_modules', name, 'package.json')
    const installed = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : 'none'
    if (installed !== pinned) throw new Error(`${name} ${pinned} is pinned, ${installed} is installed: run npm ci`)
  }
}
