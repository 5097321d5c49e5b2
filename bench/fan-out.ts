/**
 * `npm run bench:fan-out [-- LAYERS JOBS_AT_ONCE]`: examples/fan-out.yml over layers × 2 regions, every job a process of its own
 * against the emulators. Default 300 layers, 2 jobs at once.
 */
import { configText, manyLayers } from '../__tests__/bundle/config-text.js'
import { push } from '../emulators/world/push-events.js'
import { makeExampleWorld, sandboxAccount } from '../emulators/world/example-world.js'
import { runWorkflowIn } from '../emulators/world/workflow-world.js'

const [count = 300, atOnce = 2] = process.argv.slice(2).map(Number)
const regions = ['us-east-2', 'eu-west-1']
const { layers, files } = manyLayers(count)
const buckets = regions.map(region => ({
  ...{ name: `${sandboxAccount}-code-${region}`, ownerAccountId: sandboxAccount, region }
}))
const world = await makeExampleWorld({
  config: configText({ layers, regions, bucket: 'code-{region}', engine: 'lambda' }),
  ...{ submodules: {}, files, aws: { buckets } }
})
try {
  const after = await world.superproject.push('test')
  world.github.seed.branch('test', after)
  const event = push({ branch: 'test', after })
  const started = performance.now()
  const result = await runWorkflowIn(world, { workflow: 'examples/fan-out.yml', event, atOnce })
  const seconds = (performance.now() - started) / 1000
  const deploys = result?.['layers / deploy']?.runs ?? []
  const versions = JSON.parse(result?.['layers']?.outputs['versions'] ?? '{}') as Record<
    string,
    Record<string, unknown>
  >
  const rows = Object.values(versions).flatMap(row => Object.values(row)) as { status: string; version: number }[]
  const published = rows.filter(({ status, version }) => status === 'published' && version === 1).length
  const reportCalls = world.github.calls.length
  console.log(
    '| layers × regions | jobs of the matrix | published once | conclusion | GitHub calls of all jobs | seconds |'
  )
  console.log('| --- | --- | --- | --- | --- | --- |')
  const cells = [
    `${count} × ${regions.length}`,
    deploys.length,
    published,
    result?.['layers']?.result,
    reportCalls,
    seconds.toFixed(0)
  ]
  console.log(`| ${cells.join(' | ')} |`)
  if (published !== count * regions.length || deploys.length > 256) process.exitCode = 1
} finally {
  await world.close()
}
