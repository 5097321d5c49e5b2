/** What is published was checked with what is packed, isolated from the machine. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { join } from 'node:path'
import { buildLayer } from '../../src/build-layers/build-layer.js'
import { readPython, type FoundPython } from '../../src/build-layers/install/python/find-python.js'
import type { Artifact, BuildRecipe } from '../../src/model/index.js'
import { layer, recordedLog, runnerWith, scratchFolders, type Tree } from './scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

let machines: FoundPython | null = null
beforeAll(async () => {
  machines = await readPython('python3', { process: runnerWith(), log: recordedLog() })
})

/** A layer for the machine's own Python. */
function build(
  source: Tree,
  recipe: Partial<BuildRecipe>,
  env: Readonly<Record<string, string>> = {},
  log = recordedLog()
): Promise<Artifact> {
  const made = { kind: 'command', command: 'cp -R . "$LAYER_BUILD_DIR/python"', ...recipe } as Partial<BuildRecipe>
  return buildLayer(
    {
      layer: layer(made, { compatibleRuntimes: [`python${machines?.version ?? ''}`] }),
      sourceDirectory: scratch.make(source),
      outputDirectory: scratch.make(),
      python: machines?.executable ?? 'python3'
    },
    { process: runnerWith(env), log }
  )
}
const verdict = ({ verdicts }: Artifact) => verdicts.find(({ guard }) => guard === 'LAYER_NOT_IMPORTABLE')

describe('F112 a build', () => {
  it('that brings a module which cannot be imported is refused', async () => {
    const judged = verdict(await build({ 'tool.py': 'import not_there\n' }, {}))
    expect(judged).toMatchObject({ passed: false, finding: { found: 'tool: no module named not_there' } })
  })

  it('is judged by what is packed: not by what exclude leaves out', async () => {
    const judged = verdict(await build({ 'tool.py': 'import dep\n', 'dep.py': '' }, { exclude: ['python/dep.py'] }))
    expect(judged).toMatchObject({ passed: false, finding: { found: 'tool: no module named dep' } })
  })

  it('leaves nothing of the check in the content; a folder that was there before is only warned about', async () => {
    const log = recordedLog()
    const recipe = { kind: 'detect', installer: 'auto' } as Partial<BuildRecipe>
    const artifact = await build({ 'python/tool.py': 'import not_there\n', 'python/z.py': '' }, recipe, {}, log)
    expect([artifact.fileCount, verdict(artifact)?.passed]).toEqual([2, true])
    expect(log.lines.join('\n')).toContain('Layer da_flask: tool: no module named not_there')
  })
})

describe('F113 build.check', () => {
  const check = (command: string, content: Tree = { 'da.py': 'VERSION = 1\n' }) => build(content, { check: command })

  it('imports the layer and the standard library', async () => {
    expect(verdict(await check('python3 -c "import da, json, ctypes.util; assert da.VERSION == 1"'))).toMatchObject({
      passed: true
    })
  })

  it("does not see the machine's packages, in what it starts either", async () => {
    // Every Python has pip, or some other package, where packages are installed: none may be left on the path.
    const program = 'import sys; left = [p for p in sys.path if p.endswith("-packages")]; sys.exit(1 if left else 0)'
    const outer = `import subprocess, sys; sys.exit(subprocess.run([sys.executable, "-I", "-c", ${JSON.stringify(program)}]).returncode)`
    await check(`python3 -c '${program}'; python -c '${outer}'; python3 -I -c '${program}'`)
    await check(`/usr/bin/env python3 -c '${program}'`)
  })

  it('does not see what another interpreter of the machine has installed', async () => {
    const packages = scratch.make({ 'site-packages/runner_has_it.py': '' })
    const other = scratch.make({ 'sitecustomize.py': `import sys; sys.path.append(${JSON.stringify(packages)})` })
    const env = { PYTHONPATH: `${other}:${join(packages, 'site-packages')}` }
    const failed = build({ 'da.py': '' }, { check: 'python3 -c "import runner_has_it"' }, env)
    await expect(failed).rejects.toThrow(/^BUILD_FAILED: .*runner_has_it/)
  })

  it("lets modules of Lambda's runtime be imported", async () => {
    await check('python3 -c "import da"', { 'da.py': 'import boto3\nboto3.client("s3")\n' })
  })

  it('fails where the layer lacks what it imports', async () => {
    await expect(check('python3 -c "import da"', { 'da.py': 'import not_there\n' })).rejects.toThrow(
      /^BUILD_FAILED: .*not_there/
    )
  })
})
