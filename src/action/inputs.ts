/** The only reader of the action's inputs and of the runner's environment, the place of the run in it: documented values, read once. */
import { resolve, sep } from 'node:path'
import { CodedError } from '../model/errors.js'
import type { Command, Inputs, RunnerEnvironment, TriggerEvent, VersionSpec, RunContext } from '../model/index.js'
import { readTriggerEvent } from './event.js'
import type { Runner } from '../ports/runner.js'
import { NotPlainFile, readPlainFileSync } from '../ports/plain-file.js'
import { runUrl } from '../report/context.js'

/** Every input with its default; `action.yml` is checked against this table by a test. */
export const inputDefaults = {
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
  'promotion-override': '',
  submodules: 'auto',
  preview: 'false',
  'part-of-fan-out': 'false',
  'ssh-key': '',
  'ssh-known-hosts': '',
  comment: 'true',
  status: 'true',
  'github-token': '',
  'timeout-minutes': '20'
} as const
export type InputName = keyof typeof inputDefaults

const commands: readonly Command[] = [
  'auto',
  'detect',
  'plan',
  'deploy',
  'report',
  'rollback',
  'prune',
  'discover',
  'rollout'
]

/**
 * @throws CodedError CONFIG_INVALID for an input that is not what its row in `docs/inputs.md` allows.
 */
export function readInputs(environment: RunnerEnvironment, { input }: Pick<Runner, 'input'>): Inputs {
  const workspace = resolve(environment['GITHUB_WORKSPACE'] ?? '.')
  return parseInputs(input, workspace, {
    nameOf: name => `the input ${name}`,
    where: ' in the workflow'
  })
}

/** How a refusal speaks of an input: `the input layers`, `the option --layers`. */
export interface InputVoice {
  readonly nameOf: (name: InputName) => string
  readonly where: string
}

/** One input as it was given, or its default. */
interface Given {
  readonly value: string
  readonly refuse: (expected: string, found: string) => CodedError
}

/** @param read what was given; `undefined` or empty: nothing, its default counts */
export function parseInputs(
  read: (name: InputName) => string | undefined,
  workspace: string,
  voice: InputVoice
): Inputs {
  const whole = (name: InputName): Given => {
    const given = read(name)
    return {
      value: given === undefined || given === '' ? inputDefaults[name] : given,
      refuse: (expected, found) => invalidInput(voice, name, expected, found)
    }
  }
  const single = (name: InputName): Given => {
    const given = whole(name)
    return { ...given, value: given.value.trim() }
  }
  const status = oneOf(single('status'), ['true', 'false', 'check-run'])
  return {
    command: oneOf(single('command'), commands),
    config: insideWorkspace(single('config'), workspace).given,
    directory: insideWorkspace(single('working-directory'), workspace).absolute,
    layers: list(whole('layers')),
    environment: orNull(single('environment').value),
    regions: list(whole('regions')),
    base: orNull(single('base').value),
    force: boolean(single('force')),
    dryRun: boolean(single('dry-run')),
    promotionOverride: sentence(single('promotion-override')),
    version: version(single('version')),
    unrecorded: false,
    keep: count(single('keep')),
    submodules: oneOf(single('submodules'), ['auto', 'none']),
    preview: boolean(single('preview')),
    partOfFanOut: boolean(single('part-of-fan-out')),
    sshKey: orNull(whole('ssh-key').value),
    sshKnownHosts: orNull(whole('ssh-known-hosts').value),
    ...speech(boolean(single('part-of-fan-out')), boolean(single('comment')), status),
    githubToken: orNull(single('github-token').value),
    timeoutMinutes: minutes(single('timeout-minutes'))
  }
}

/** One of many jobs says nothing of its own. */
function speech(isPart: boolean, comment: boolean, status: string): Pick<Inputs, 'comment' | 'status' | 'checkRun'> {
  return {
    comment: comment && !isPart,
    status: status !== 'false' && !isPart,
    checkRun: status === 'check-run' && !isPart
  }
}

/** GitHub's payloads have at most 25 MB. */
const largestPayloadBytes = 64 * 1024 * 1024

/**
 * @throws CodedError EVENT_INVALID where the event's file is missing, is no JSON, or lacks a field.
 */
export function readEvent(environment: RunnerEnvironment): TriggerEvent {
  const name = environment['GITHUB_EVENT_NAME'] ?? ''
  const path = environment['GITHUB_EVENT_PATH'] ?? ''
  const invalid = (expected: string, found: string, cause?: unknown): CodedError =>
    new CodedError(
      'EVENT_INVALID',
      {
        expected,
        found,
        mend: 'run the action from a workflow on GitHub, or set GITHUB_EVENT_NAME and GITHUB_EVENT_PATH as the runner does'
      },
      { cause }
    )
  if (name === '') throw invalid('the name of an event in GITHUB_EVENT_NAME', 'nothing')
  if (path === '') throw invalid("the path of the event's payload in GITHUB_EVENT_PATH", 'nothing')
  let content: string
  try {
    content = readPlainFileSync(path, largestPayloadBytes).toString()
  } catch (cause) {
    const found = cause instanceof NotPlainFile ? cause.message : 'a file that cannot be read'
    throw invalid(`the payload of the ${name} event at ${path}`, found, cause)
  }
  let payload: unknown
  try {
    payload = JSON.parse(content)
  } catch (cause) {
    throw invalid(`JSON in ${path}`, content.length === 0 ? 'an empty file' : 'text that is no JSON', cause)
  }
  const context = { name, ref: environment['GITHUB_REF'] ?? '', repository: environment['GITHUB_REPOSITORY'] ?? '' }
  return readTriggerEvent(context, payload)
}

function boolean(given: Given): boolean {
  return oneOf(given, ['true', 'false']) === 'true'
}

function oneOf<T extends string>({ value, refuse }: Given, allowed: readonly T[]): T {
  const match = allowed.find(candidate => candidate === value)
  if (match !== undefined) return match
  throw refuse(`one of ${allowed.join(', ')}`, JSON.stringify(value))
}

/** Comma- or newline-separated. An empty entry is refused: `,x` must never be read as "all", nor as `x`. */
function list({ value, refuse }: Given): readonly string[] | null {
  if (value === '') return null
  const entries = value
    .trimEnd()
    .split(/,|\r?\n/)
    .map(entry => entry.trim())
  if (entries.includes(''))
    throw refuse('names separated by commas or newlines', `an empty name in ${JSON.stringify(value)}`)
  return [...new Set(entries)]
}

/** It stands in reports and in the description of a deployment. */
function sentence({ value, refuse }: Given): string | null {
  if (value === '') return null
  // eslint-disable-next-line no-control-regex
  if (value.length <= 200 && !/[\u0000-\u001f\u007f\u2028\u2029]/.test(value)) return value
  throw refuse('one line of at most 200 characters', `${value.length} characters`)
}

function version(given: Given): VersionSpec | null {
  if (given.value === '' || given.value === 'previous') return given.value === '' ? null : 'previous'
  if (/^[1-9]\d{0,8}$/.test(given.value)) return Number(given.value)
  throw given.refuse('the number of a layer version, or previous,', JSON.stringify(given.value))
}

function count({ value, refuse }: Given): number {
  if (/^[1-9]\d{0,4}$/.test(value)) return Number(value)
  throw refuse('a whole number from 1 to 99999', JSON.stringify(value))
}

function minutes({ value, refuse }: Given): number {
  const number = /^\d{1,3}(\.\d+)?$/.test(value) ? Number(value) : Number.NaN
  if (number > 0 && number <= 360) return number
  throw refuse('a number of minutes over 0 and up to 360', JSON.stringify(value))
}

function insideWorkspace({ value, refuse }: Given, workspace: string): { given: string; absolute: string } {
  const absolute = resolve(workspace, value)
  if (absolute === workspace || absolute.startsWith(workspace + sep)) return { given: value, absolute }
  throw refuse('a path inside the workspace', JSON.stringify(value))
}

function invalidInput(voice: InputVoice, name: InputName, expected: string, found: string): CodedError {
  const called = voice.nameOf(name)
  return new CodedError('CONFIG_INVALID', {
    expected: `${expected} in ${called}`,
    found,
    mend: `correct ${called}${voice.where}`
  })
}

function orNull(value: string): string | null {
  return value === '' ? null : value
}

/** Where and as what the run takes place, read once from the runner's environment. */
export function readRunContext(environment: RunnerEnvironment): RunContext {
  const onGitHub = environment['GITHUB_ACTIONS'] === 'true'
  const repository = environment['GITHUB_REPOSITORY'] ?? ''
  const serverUrl = environment['GITHUB_SERVER_URL'] ?? 'https://github.com'
  const runId = environment['GITHUB_RUN_ID'] ?? ''
  const runAttempt = environment['GITHUB_RUN_ATTEMPT'] ?? '1'
  return {
    onGitHub,
    repository,
    repositoryId: orNull(environment['GITHUB_REPOSITORY_ID'] ?? ''),
    runId,
    runAttempt,
    actor: environment['GITHUB_TRIGGERING_ACTOR'] ?? environment['GITHUB_ACTOR'] ?? '',
    apiUrl: environment['GITHUB_API_URL'] ?? 'https://api.github.com',
    serverUrl,
    runUrl: runUrl({ serverUrl, repository, runId: runId === '' ? null : runId, runAttempt: Number(runAttempt) }),
    sha: orNull(environment['GITHUB_SHA'] ?? ''),
    workspace: resolve(environment['GITHUB_WORKSPACE'] ?? '.'),
    temporaryDirectory: environment['RUNNER_TEMP'] ?? environment['TMPDIR'] ?? '/tmp',
    stepDebug: environment['RUNNER_DEBUG'] === '1'
  }
}
