/** FAULTS.md, rows 83 to 85: foreign text in every place that a run shows. And secrets, which none may show (G9). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOutcome } from '../../emulators/runner/index.js'
import {
  type ActionRun,
  type ActionWorld,
  makeActionWorld,
  ownProcesses,
  sandboxAccount
} from '../support/action-world.js'
import { push } from '../support/events.js'
import { elementsOf, renderMarkdown } from '../support/markdown.js'
import { configText, folderLayer } from './config-text.js'
import { changedOf, codesOf, errorsOf, noticesOf, shownBy, warningsOf } from './reading.js'

const commands = [
  '::error::pwned',
  '  ::warning file=x::pwned',
  '##[error]pwned',
  'x ##[group]pwned',
  '::set-output name=conclusion::pwned',
  '::save-state name=open-status::pwned',
  '::add-mask::da_flask',
  '::stop-commands::pwned'
]
const print = commands.map(line => `echo '${line}'`).join('; ')
const content = 'mkdir -p $LAYER_BUILD_DIR/python; echo 1 > $LAYER_BUILD_DIR/python/x.py'
const sessionToken = 'EXAMPLEsessiontoken/with+signs=='
const name = '::error::pwned\n::error::pwned\n##[error]pwned @octo-org\u2215team|`<!-- layer-deploy --><b>'
const branch = 'te`|@octo-org/team<!--<b>_x_$(id)'

let world: ActionWorld
beforeAll(async () => {
  world = await makeActionWorld({
    steps: ownProcesses,
    config: configText({
      layers: {
        da_flask: '{ path: da_flask }',
        ghadelimiter_: '{ path: da_flask }',
        loud: `{ path: loud, build: { command: "${print}; ${content}" } }`,
        broken: `{ path: loud, build: { command: "${print}; exit 7" } }`,
        leaky: `{ path: loud, build: { command: "env; env | base64 -w0; env >&2; exit 1" } }`,
        named: '{ path: named }',
        odd: '{ path: "o|`@octo-org/team<!-- <b>x" }'
      }
    }).replace('branch: test', `branch: ["test", '${branch}']`),
    submodules: {},
    files: { ...folderLayer, 'loud/x.py': '1\n', [`named/python/${name}`]: 'x' },
    aws: {
      accounts: [
        {
          accountId: sandboxAccount,
          accessKeyId: 'AKIASANDBOXEXAMPLE',
          secretAccessKey: 'secret-of-SANDBOX-EXAMPLE',
          sessionToken
        }
      ]
    }
  })
})
afterAll(() => world.close())
beforeEach(() => {
  world.aws.resetCalls()
  world.github.state.comments.length = 0
  world.github.state.statuses.length = 0
})

/** Deploys `layers` as the merge of pull request 7, so that there is a comment. */
async function deploy(layers: string, job: Partial<ActionRun> = {}, on = 'test'): Promise<RunOutcome> {
  const after = await world.superproject.push(on)
  const ends = { head: { ref: 'feature', sha: after }, base: { ref: on, sha: after } }
  world.github.seed.pullRequest({ number: 7, ...ends, mergeCommit: after })
  const event = push({ branch: on, after, message: commands.join('\n') })
  const checkout = { branch: on, commit: after }
  return world.run({ event, checkout, account: sandboxAccount, ...job, inputs: { layers, ...job.inputs } })
}

const comment = (): string => world.github.state.comments[0]?.body ?? ''
function expectHarmless(outcome: RunOutcome): void {
  const shown = [...errorsOf(outcome), ...warningsOf(outcome), ...noticesOf(outcome)]
  expect(shown.filter(message => message.startsWith('pwned'))).toEqual([])
  expect(Object.values(outcome.outputs)).not.toContain('pwned')
  expect(outcome.state['open-status']).not.toBe('pwned')
  for (const text of [comment(), outcome.summary]) {
    expect(text).not.toContain('@octo-org/team')
    expect(text.split('<!-- layer-deploy -->').length).toBeLessThanOrEqual(2)
    const allowed = [
      'h2',
      'h3',
      'p',
      'table',
      'thead',
      'tbody',
      'tr',
      'th',
      'td',
      'code',
      'a',
      'ul',
      'li',
      'strong',
      'em',
      'br',
      'pre',
      'details',
      'summary',
      'sub',
      'hr'
    ]
    expect([...new Set(elementsOf(renderMarkdown(text)))].filter(name => !allowed.includes(name))).toEqual([])
  }
}

describe('F83 workflow commands', () => {
  it('F83 in the output of a build are text', async () => {
    const outcome = await deploy('loud')
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.outputs).toMatchObject({ conclusion: 'success', loud_version: '1' })
    expect(outcome.log.filter(line => line.includes('pwned'))).toHaveLength(commands.length - 1)
    expectHarmless(outcome)
  })

  it('F83 in the last words of a build that failed are text', async () => {
    const outcome = await deploy('broken')
    expect(codesOf(outcome)).toEqual(['BUILD_FAILED'])
    expect(errorsOf(outcome)[0]).toContain('exit code 7')
    expectHarmless(outcome)
  })

  it('F83 F84 in the names of files are text', async () => {
    const outcome = await deploy('named')
    expect(codesOf(outcome)).toEqual(['ARCHIVE_UNSAFE_PATH'])
    expect(outcome.annotations).toHaveLength(1)
    expectHarmless(outcome)
  })
})

describe('F84 names', () => {
  it('F84 of a branch do nothing in Markdown', async () => {
    await world.superproject.commitFiles({ 'README.md': 'x\n' }, { branch, from: 'test' })
    const outcome = await deploy('da_flask', {}, branch)
    expect(errorsOf(outcome)).toEqual([])
    expect(outcome.outputs).toMatchObject({ conclusion: 'success', da_flask_version: '1' })
    expect(comment()).toContain('sandbox')
    expectHarmless(outcome)
  })

  it('F84 of a path do nothing in Markdown', async () => {
    const outcome = await deploy('odd', { inputs: { force: 'true' } })
    expectHarmless(outcome)
    await world.superproject.commitFiles({ 'o|`@octo-org/team<!-- <b>x/README': 'x\n' }, { branch: 'test' })
    const refused = await deploy('odd')
    expect(codesOf(refused)).toEqual(['ARCHIVE_LAYOUT'])
    expectHarmless(refused)
  })

  it('F85 a layer called like a delimiter', async () => {
    const outcome = await deploy('ghadelimiter_')
    expect(errorsOf(outcome)).toEqual([])
    expect(changedOf(outcome)).toEqual(['ghadelimiter_'])
    expect(outcome.outputs['ghadelimiter__version']).toBe('1')
    expect(outcome.conclusion).toBe('success')
  })
})

describe('G9 secrets', () => {
  const sshKey = [
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    'EXAMPLEkeyEXAMPLEkeyEXAMPLEkey',
    '-----END OPENSSH PRIVATE KEY-----',
    ''
  ].join('\n')
  const canaries = {
    'the GitHub token': 'ghs_EXAMPLEinstallationtoken',
    'the AWS secret': 'secret-of-SANDBOX-EXAMPLE',
    'the AWS session token': sessionToken,
    'the SSH key': 'EXAMPLEkeyEXAMPLEkeyEXAMPLEkey'
  }
  const formsOf = (secret: string): string[] => {
    const aligned = [0, 1, 2].map(offset => {
      const encoded = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]).toString('base64')
      return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + secret.length) * 8) / 6))
    })
    return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...aligned]
  }

  function hits(outcome: RunOutcome): string[] {
    // What the runner reads as a mask is not shown to anybody.
    const printed = outcome.rawStdout.split('\n').filter(line => !line.startsWith('::add-mask::'))
    const { comments, statuses, deployments } = world.github.state
    const everything = [shownBy(outcome), ...printed, JSON.stringify([comments, statuses, deployments])].join('\n')
    return Object.entries(canaries).flatMap(([name, secret]) =>
      formsOf(secret).some(form => everything.includes(form)) ? [name] : []
    )
  }
  const inputs = { 'ssh-key': sshKey, 'ssh-known-hosts': 'example.com ssh-ed25519 AAAA' }

  it('are shown by no build, not even one that prints its environment and fails', async () => {
    const outcome = await deploy('leaky', { inputs })
    expect(codesOf(outcome)).toEqual(['BUILD_FAILED'])
    expect(outcome.log.join('\n')).toContain('LAYER_BUILD_DIR=')
    expect(hits(outcome)).toEqual([])
  })

  it('are shown by no run that succeeds, is refused or has no credentials', async () => {
    expect(hits(await deploy('da_flask', { inputs }))).toEqual([])
    expect(hits(await deploy('da_flask', { inputs, options: { debug: true } }))).toEqual([])
    expect(hits(await deploy('da_flask', { inputs, env: { AWS_ACCESS_KEY_ID: 'AKIAUNKNOWNEXAMPLE' } }))).toEqual([])
    expect(hits(await deploy('da_flask', { inputs: { ...inputs, force: 'yes' } }))).toEqual([])
    expect(hits(await deploy('da_flask', { inputs, options: { eventText: '{' } }))).toEqual([])
  })
})
