/** G9: what goes wrong in a run whose credentials are canaries: every stage of a run, every kind of fault. */
import type { FaultKind } from '../../emulators/aws/index.js'
import type { Fault } from '../../emulators/github/index.js'
import type { ExampleWorld } from '../../emulators/world/example-world.js'
import { indexPassword, wrong } from './canary-forms.js'

export interface Mishap {
  readonly name: string
  /** Of the job, over those of a run that goes well. */
  readonly variables?: Readonly<Record<string, string>>
  /** @param round from 0: another call is hit in each */
  readonly faults?: (world: ExampleWorld, round: number) => void
  readonly event?: 'pull request' | 'corrupt'
  /** `broken`: its submodule cannot be fetched; `no configuration`: there is none. */
  readonly checkout?: 'broken' | 'no configuration'
  /** Of a thousand runs, it is in every so manieth round: its client waits. Default in each. */
  readonly every?: number
  /** `null`: it depends on which call is hit. */
  readonly exitCode: 0 | 1 | null
}

const outOfReach = `http://octo:${indexPassword}@127.0.0.1:9`

const runs: readonly Mishap[] = [
  { name: 'nothing', exitCode: 0 },
  { name: 'engine lambda', variables: { INPUT_CONFIG: 'lambda.yml' }, exitCode: 0 },
  { name: 'a dry run', variables: { 'INPUT_DRY-RUN': 'true' }, exitCode: 0 },
  { name: 'a plan of a pull request', event: 'pull request', exitCode: 0 },
  { name: 'detect', variables: { INPUT_COMMAND: 'detect' }, exitCode: 0 },
  { name: 'report', variables: { INPUT_COMMAND: 'report' }, exitCode: null },
  { name: 'prune', variables: { INPUT_COMMAND: 'prune', INPUT_KEEP: '3', INPUT_FORCE: 'false' }, exitCode: null },
  { name: 'discover', variables: { INPUT_COMMAND: 'discover', INPUT_FORCE: 'false' }, exitCode: null },
  {
    name: 'rollback',
    variables: { INPUT_COMMAND: 'rollback', INPUT_VERSION: '1', INPUT_LAYERS: 'leaky', INPUT_FORCE: 'false' },
    exitCode: null
  }
]

const refusals: readonly Mishap[] = [
  { name: 'the build fails', variables: { LEAK_EXIT: '3' }, exitCode: 1 },
  { name: 'the check fails', variables: { INPUT_CONFIG: 'check.yml' }, exitCode: 1 },
  {
    name: 'a submodule that cannot be fetched',
    checkout: 'broken',
    // Were the other layer deployed, all later runs would be of an older commit.
    variables: { INPUT_LAYERS: 'da_flask' },
    exitCode: 1
  },
  { name: 'an input is wrong', variables: { INPUT_SUBMODULES: 'sometimes' }, exitCode: 1 },
  { name: 'no configuration', checkout: 'no configuration', exitCode: 1 },
  { name: 'a configuration that is none', variables: { INPUT_CONFIG: 'leaky/leak.py' }, exitCode: 1 },
  { name: 'an event that is none', event: 'corrupt', exitCode: 1 },
  { name: 'a region that is not configured', variables: { INPUT_REGIONS: 'us-west-2' }, exitCode: 1 },
  {
    name: 'another environment',
    variables: { INPUT_CONFIG: 'two.yml', INPUT_ENVIRONMENT: 'production' },
    exitCode: 1
  },
  { name: 'another account', variables: { INPUT_CONFIG: 'account.yml' }, exitCode: 1 },
  // Refused where there is something to upload.
  { name: 'another bucket', variables: { INPUT_CONFIG: 'bucket.yml' }, exitCode: null },
  { name: 'the wrong session token', variables: { AWS_SESSION_TOKEN: wrong('session-token') }, exitCode: 1 },
  { name: 'AWS denies', variables: { AWS_SECRET_ACCESS_KEY: wrong('secret') }, exitCode: 1 },
  { name: 'no credentials', variables: { AWS_ACCESS_KEY_ID: '', AWS_SESSION_TOKEN: '' }, exitCode: 1 },
  {
    name: 'the address of AWS is wrong',
    variables: { AWS_ENDPOINT_URL: outOfReach, 'INPUT_TIMEOUT-MINUTES': '0.02' },
    exitCode: 1
  },
  { name: 'GitHub refuses the token', variables: { 'INPUT_GITHUB-TOKEN': wrong('token') }, exitCode: 0 },
  { name: 'the address of GitHub is wrong', variables: { GITHUB_API_URL: outOfReach }, exitCode: 0, every: 8 }
]

const once = [
  ...(['throttle', 'error-500-before', 'error-500-after', 'reset-before', 'reset-after'] as const),
  ...(['truncated', 'garbage', 'slow', 'denied', 'expired-token'] as const)
] satisfies readonly FaultKind[]
const inAws: readonly Mishap[] = [
  ...once.map(kind => ({
    name: `AWS: ${kind}`,
    faults: (world: ExampleWorld, round: number) => {
      world.aws.faults.add({ action: '*', nth: (round % 20) + 1, kind, delayMilliseconds: 20 })
    },
    exitCode: null
  })),
  {
    name: 'AWS hangs',
    variables: { 'INPUT_TIMEOUT-MINUTES': '0.02' },
    faults: (world, round) => {
      world.aws.faults.add({ action: '*', nth: (round % 20) + 1, times: 1_000, kind: 'hang-before' })
    },
    exitCode: null
  }
]

const ofGitHub: readonly Fault[] = [
  { kind: 'error', status: 400, when: 'before' },
  { kind: 'error', status: 403, when: 'before' },
  { kind: 'error', status: 404, when: 'after' },
  { kind: 'garbage' },
  { kind: 'slow', milliseconds: 20 }
]
/** Those after which the client waits are in `report/deliver.test.ts`; what they say of themselves is the same. */
const inGitHub: readonly Mishap[] = ofGitHub.map(fault => ({
  name: `GitHub: ${fault.kind}${'status' in fault ? ` ${fault.status}` : ''}`,
  faults: (world, round) => {
    world.github.faults.add({ operation: '*', nth: (round % 5) + 1, times: 1_000, fault })
  },
  exitCode: 0
}))

export const mishaps: readonly Mishap[] = [...runs, ...refusals, ...inAws, ...inGitHub]
