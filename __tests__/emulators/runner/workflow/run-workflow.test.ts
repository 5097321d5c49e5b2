/** The workflow interpreter does what GitHub documents, and refuses what it does not model. */
import { describe, expect, it } from '@jest/globals'
import { noEffect, runWorkflow, type WorkflowHost } from '../../../../emulators/runner/workflow/run-workflow.js'
import { push, workflowDispatch } from '../../../support/events.js'

const sha = 'a'.repeat(40)
function host(changes: Partial<WorkflowHost> = {}): WorkflowHost {
  return {
    github: push({ branch: 'test', after: sha }),
    variables: environment => ({ PLACE: environment ?? 'nowhere' }),
    secrets: { KEY: 'example-secret' },
    read: () => Promise.reject(new Error('nothing is called')),
    actions: {},
    token: () => 'ghs_EXAMPLE',
    readOnly: false,
    atOnce: 2,
    ...changes
  }
}

const run = async (jobs: string, changes: Partial<WorkflowHost> = {}, top = 'on: push') => {
  const result = await runWorkflow(`${top}\njobs:\n${jobs}`, 'test.yml', host(changes))
  if (result === null) throw new Error('not started')
  return result
}
const job = (id: string, lines: string, steps = 'run: "true"') =>
  `  ${id}:\n    runs-on: x\n${lines}    steps: [{ ${steps} }]\n`
const resultsOf = (result: Awaited<ReturnType<typeof run>>) =>
  Object.fromEntries(Object.values(result).map(({ id, result }) => [id, result]))

describe('conditions of jobs', () => {
  it('what needs a failed or a skipped job is skipped, unless it asks for a status', async () => {
    const result = await run(
      job('bad', '', 'run: exit 3') +
        job('off', '    if: false\n') +
        job('after-bad', '    needs: bad\n') +
        job('after-off', '    needs: off\n') +
        job('always', '    needs: [bad, off]\n    if: always()\n') +
        job('on-failure', '    needs: after-bad\n    if: failure()\n') +
        job('good', "    if: github.ref_name == 'test'\n")
    )
    expect(resultsOf(result)).toEqual({
      ...{ bad: 'failure', off: 'skipped', 'after-bad': 'skipped', 'after-off': 'skipped' },
      ...{ always: 'success', 'on-failure': 'success', good: 'success' }
    })
  })

  it('success() asks every job before this one, not only those it names', async () => {
    const result = await run(
      job('off', '    if: false\n') +
        job('bridge', '    needs: off\n    if: always()\n') +
        job('last', '    needs: bridge\n')
    )
    expect(resultsOf(result)).toEqual({ off: 'skipped', bridge: 'success', last: 'skipped' })
  })
})

describe('steps', () => {
  it('outputs, GITHUB_ENV and the shell reach the steps and jobs that follow', async () => {
    const result = await run(`  first:
    runs-on: x
    env: { WORD: hello }
    outputs: { said: '\${{ steps.say.outputs.said }}' }
    steps:
      - id: say
        run: |
          echo "said=$WORD \${{ vars.PLACE }}" >> "$GITHUB_OUTPUT"
          echo LATER=1 >> "$GITHUB_ENV"
      - if: env.LATER == '1'
        run: test "$LATER" = 1
      - if: env.LATER == '2'
        run: exit 1
  second:
    runs-on: x
    needs: first
    environment: sandbox
    steps:
      - env: { SAID: '\${{ needs.first.outputs.said }}, \${{ vars.PLACE }}' }
        run: test "$SAID" = 'hello nowhere, sandbox'
`)
    expect(resultsOf(result)).toEqual({ first: 'success', second: 'success' })
    expect(result['first']?.runs[0]?.steps.map(({ result }) => result)).toEqual(['success', 'success', 'skipped'])
  })

  it('a failed step skips the others, but for always() and failure()', async () => {
    const result = await run(`  only:
    runs-on: x
    steps:
      - run: exit 1
      - run: "true"
      - if: failure()
        run: "true"
      - if: always()
        run: "true"
`)
    const results = result['only']?.runs[0]?.steps.map(({ result }) => result)
    expect(results).toEqual(['failure', 'skipped', 'success', 'success'])
  })

  it('an output that holds a masked value is not handed on, and a warning says so', async () => {
    const lines = "    outputs: { hidden: '${{ steps.a.outputs.b }}', kept: x }\n"
    const result = await run(job('only', lines, 'id: a, run: echo "b=with example-secret" >> "$GITHUB_OUTPUT"'))
    expect(result['only']?.outputs).toEqual({ kept: 'x' })
    expect(result['only']?.runs[0]?.warnings).toEqual(["Skip output 'hidden' since it may contain secret."])
  })
})

describe('a matrix', () => {
  const matrix = (text: string) =>
    job('many', `    strategy: { fail-fast: false, matrix: ${text} }\n`, "run: 'test ${{ matrix.n }} != 2'")

  it('has a job for each entry, and fails with one of them', async () => {
    const result = await run(matrix('{ n: [1, 2], m: [a, b] }'))
    expect(result['many']?.runs.map(({ matrix, result }) => [matrix, result])).toEqual([
      [{ n: 1, m: 'a' }, 'success'],
      [{ n: 1, m: 'b' }, 'success'],
      [{ n: 2, m: 'a' }, 'failure'],
      [{ n: 2, m: 'b' }, 'failure']
    ])
    expect(result['many']?.result).toBe('failure')
  })

  it('takes what another job made, and refuses none and more than 256', async () => {
    const made = await run(matrix(`"\${{ fromJSON('{\\"include\\":[{\\"n\\":5},{\\"n\\":6}]}') }}"`))
    expect(made['many']?.runs).toHaveLength(2)
    await expect(run(matrix('{ include: [] }'))).rejects.toThrow('does not contain any values')
    const numbers = Array.from({ length: 257 }, (_unused, index) => index).join()
    await expect(run(matrix(`{ n: [${numbers}] }`))).rejects.toThrow('257 jobs')
  })
})

describe('called workflows', () => {
  const called = `on:
  workflow_call:
    inputs:
      word: { type: string, required: true }
      loud: { type: boolean, default: false }
    outputs:
      said: { value: '\${{ jobs.inner.outputs.said }}' }
concurrency: inner
jobs:
  inner:
    runs-on: x
    permissions: { contents: read }
    outputs: { said: '\${{ inputs.word }} \${{ inputs.loud && 1 || 0 }}' }
    steps: [{ run: 'true' }]
`
  const call = (lines: string, top = 'on: push\npermissions: { contents: read }') =>
    run(`  outer:\n    uses: ./.github/workflows/called.yml\n${lines}`, { read: () => Promise.resolve(called) }, top)

  it('takes inputs of their types and gives outputs back', async () => {
    const result = await call("    with: { word: hello, loud: '${{ 1 == 1 }}' }\n")
    expect(result['outer']).toMatchObject({ result: 'success', outputs: { said: 'hello 1' } })
    expect(Object.keys(result)).toEqual(['outer', 'outer / inner'])
  })

  it.each([
    ['an input is missing', '', 'word is required'],
    ['an input is unknown', '    with: { word: x, other: y }\n', 'other is not defined'],
    ['an input has another type', "    with: { word: x, loud: 'true' }\n", 'loud is "true", not a boolean'],
    ['it asks for more than the caller has', '    with: { word: x }\n    permissions: {}\n', "'contents: read'"],
    ['a secret is unknown', '    with: { word: x }\n    secrets: { key: x }\n', 'secrets: key'],
    ['it waits for its caller', '    with: { word: x }\n    concurrency: inner\n', 'waits for itself']
  ])('is refused where %s', async (_name, lines, why) => {
    await expect(call(lines)).rejects.toThrow(why)
  })
})

it('what somebody typed into the form has the type that the input declares', async () => {
  const top = 'on: { workflow_dispatch: { inputs: { sure: { type: boolean }, word: { type: string } } } }'
  const github = workflowDispatch({ sha, inputs: { sure: 'true', word: 'x' } })
  const result = await run(job('only', '    if: inputs.sure == true\n'), { github }, top)
  expect(resultsOf(result)).toEqual({ only: 'success' })
})

it.each([
  ['a key of a job', '    services: {}\n', 'services'],
  ['a condition on something that is not there', '    if: nowhere.x\n', 'nowhere']
])('refuses %s that it does not model', async (_name, lines, why) => {
  await expect(run(job('only', lines))).rejects.toThrow(why)
})

it('refuses an action that it was given no equivalent of, and obeys one that it was', async () => {
  await expect(run(job('only', '', 'uses: some/action@v1'))).rejects.toThrow('no equivalent of some/action@v1')
  const actions = { 'some/action': () => Promise.resolve({ ...noEffect, failed: true }) }
  expect(resultsOf(await run(job('only', '', 'uses: some/action@v1'), { actions }))).toEqual({ only: 'failure' })
})
