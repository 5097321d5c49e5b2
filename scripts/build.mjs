/**
 * Bundles the step, the post step (in a folder of its own) and the packing worker into dist/ with ncc. The same source gives the same bytes, wherever it is built.
 * `node scripts/build.mjs [folder]`, default dist.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'
import typescript from 'typescript'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const target = resolve(process.argv[2] ?? join(root, 'dist'))

const compiled = join(root, '.build')
for (const folder of [target, compiled]) rmSync(folder, { recursive: true, force: true })
mkdirSync(target, { recursive: true })

assertPinned()

// Compiled here, file by file: ncc's own loader checks the types of every file of the project, which `npm run types` does.
compile()
const options = ['--minify', '--license', 'licenses.txt', '--target', 'es2022', '--no-cache', '--quiet']
const ncc = 'node_modules/@vercel/ncc/dist/ncc/cli.js'
run(ncc, ['build', join(compiled, 'action/index.js'), '-o', target, ...options])
// Nothing that can deploy may get into the post step: dist/post/modules.txt names what did, for a test.
const post = join(target, 'post')
const stats = join(compiled, 'post-stats.json')
run(ncc, ['build', join(compiled, 'action/post.js'), '-o', post, '--stats-out', stats, ...options])
writeFileSync(join(post, 'modules.txt'), `${ownModules(stats).join('\n')}\n`)
// A worker thread loads its program anew: a bundle of its own is small and starts at once.
const worker = join(compiled, 'worker')
run(ncc, ['build', join(compiled, 'build-layers/archive/compress/pack-worker.js'), '-o', worker, ...options])
copyFileSync(join(worker, 'index.js'), join(target, 'pack-worker.js'))
rmSync(compiled, { recursive: true, force: true })

for (const folder of [target, post]) cleanUp(folder)
// The command line shares every chunk with the action. The mark is what src/action/index.ts looks for.
mkdirSync(join(target, 'cli'))
const commandLine = "#!/usr/bin/env node\nprocess.argv.splice(2, 0, 'command-line')\nawait import('../index.js')\n"
writeFileSync(join(target, 'cli', 'index.js'), commandLine, { mode: 0o755 })
if (!existsSync(join(target, 'index.js'))) throw new Error('no index.js was built')

function run(script, args) {
  const { status } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit']
  })
  if (status !== 0) process.exit(status ?? 1)
}

/** Each module of src/ becomes one of .build/. Every file can be compiled alone: `isolatedModules` sees to that. */
function compile() {
  const { config } = typescript.readConfigFile(join(root, 'tsconfig.json'), typescript.sys.readFile)
  const { options: compilerOptions, errors } = typescript.convertCompilerOptionsFromJson(config.compilerOptions, root)
  if (errors.length > 0) throw new Error(typescript.flattenDiagnosticMessageText(errors[0].messageText, '\n'))
  for (const name of readdirSync(join(root, 'src'), { recursive: true })) {
    if (!name.endsWith('.ts')) continue
    const text = readFileSync(join(root, 'src', name), 'utf8')
    const { outputText } = typescript.transpileModule(text, {
      fileName: join(root, 'src', name),
      // What NodeNext means is read from package.json, which a single file has not: the modules of this project are ES modules.
      compilerOptions: { ...compilerOptions, module: typescript.ModuleKind.ES2022, removeComments: true }
    })
    const file = join(compiled, name.replace(/\.ts$/, '.js'))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, outputText)
  }
}

/** ncc leaves type declarations and assets of the sources beside the bundle; only what runs is kept. */
function cleanUp(folder) {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    if (file === post) continue
    if (!/\.(m?js|txt|json)$/.test(name)) {
      rmSync(file, { recursive: true, force: true })
      continue
    }
    const text = readFileSync(file, 'utf8')
    if (text.includes(root)) throw new Error(`${name} holds a path of this machine`)
    writeFileSync(file, name.endsWith('js') ? minified(text) : text.replace(/\r\n/g, '\n'))
  }
}

/** ncc minifies the entry alone; half of the chunks would be comments and blanks, which every run reads. Licences stand in licenses.txt. */
function minified(text) {
  return transformSync(text, { minify: true, format: 'esm', platform: 'node', target: 'node20', legalComments: 'none' })
    .code
}

/** Every module of ours in a bundle, as its path under src/; those that were merged into another one, too. */
function ownModules(statsFile) {
  const found = new Set()
  const look = ({ name, modules = [], children = [] }) => {
    const path = /\.build\/(.+)\.js$/.exec(name ?? '')?.[1]
    if (path !== undefined) found.add(`${path}.ts`)
    for (const inner of [...modules, ...children]) look(inner)
  }
  look(JSON.parse(readFileSync(statsFile, 'utf8')))
  if (found.size === 0) throw new Error('the statistics of ncc name no module')
  return [...found].sort()
}

/** Another version of a package gives another bundle. */
function assertPinned() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { esbuild, typescript, '@vercel/ncc': bundler } = devDependencies
  for (const [name, pinned] of Object.entries({ ...dependencies, esbuild, typescript, '@vercel/ncc': bundler })) {
    const file = join(root, 'node_modules', name, 'package.json')
    const installed = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : 'none'
    if (installed !== pinned) throw new Error(`${name} ${pinned} is pinned, ${installed} is installed: run npm ci`)
  }
}
