/** Every GraphQL query of a layer's life, and every answer of our emulator, judged by GitHub's own schema; the REST calls by its OpenAPI description. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { schema as published } from '@octokit/graphql-schema'
import { buildSchema, execute, parse, validate } from 'graphql'
import type { RunOutcome } from '../../emulators/runner/index.js'
import { configText } from '../bundle/config-text.js'
import { errorsOf, warningsOf } from '../bundle/reading.js'
import { type ActionWorld, makeActionWorld, ownProcesses } from '../support/action-world.js'
import { recorder, type Exchange, type Recorder } from './recorder.js'

/** As it is published some fields stand in it twice. */
const schema = buildSchema(published.idl, { assumeValidSDL: true })

interface Asked {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly answer: { readonly data?: unknown; readonly errors?: readonly unknown[] }
}
const asked = ({ body, answer }: Exchange): Asked => ({
  ...(JSON.parse(Buffer.from(body, 'base64').toString()) as Pick<Asked, 'query' | 'variables'>),
  answer: JSON.parse(Buffer.from(answer, 'base64').toString()) as Asked['answer']
})

/**
 * What the schema has against the query, its variables and the data of the answer: the answer is taken for the world that the
 * query is executed on, so that what comes out of it is the answer again, or an error for each value that its type does not take.
 */
async function judged({ query, variables, answer }: Asked): Promise<readonly string[]> {
  const document = parse(query)
  const invalid = validate(schema, document)
  if (invalid.length > 0) return invalid.map(({ message }) => message)
  if (answer.data === undefined || answer.data === null) return []
  const typeResolver = (value: unknown): string | undefined => {
    const members = Object.keys(value as object)
    return members.includes('databaseId') ? 'Deployment' : members.includes('history') ? 'Commit' : undefined
  }
  const given = { document, schema, rootValue: answer.data, variableValues: variables, typeResolver }
  const { data, errors = [] } = await execute(given)
  if (errors.length > 0) return errors.map(({ message, path }) => `${path?.join('.') ?? ''}: ${message}`)
  return JSON.stringify(data) === JSON.stringify(answer.data) ? [] : [`not the answer: ${JSON.stringify(data)}`]
}

let world: ActionWorld
let recorded: Recorder
beforeAll(async () => {
  world = await makeActionWorld({
    ...{ steps: ownProcesses, submodules: {} },
    config: configText({ layers: { alpha: '{ path: alpha }' } }),
    files: { 'alpha/python/alpha.py': 'release = 1\n' }
  })
  recorded = await recorder(world.github.url)
})
afterAll(async () => {
  recorded.close()
  await world.close()
})

const ended = (run: RunOutcome): void => expect([errorsOf(run), warningsOf(run), run.exitCode]).toEqual([[], [], 0])

describe("GitHub's own descriptions", () => {
  it('allow every call of a life, and every answer to it', async () => {
    const apiUrl = recorded.url
    ended(await world.push('test', { apiUrl }))
    for (const release of [2, 3]) {
      const branch = `bump-${release}`
      const files = { 'alpha/python/alpha.py': `release = ${release}\n` }
      await world.superproject.commitFiles(files, { branch, from: 'test' })
      ended(await world.pullRequest(release, branch, 'test', { apiUrl }))
      // Without a status of its own it has to ask who it is.
      ended(await world.pullRequest(release, branch, 'test', { apiUrl, inputs: { status: 'false' } }))
      ended(await world.mergePullRequest(release, branch, 'test', { apiUrl }))
    }
    await world.superproject.mergeBranch('test', 'main')
    ended(await world.push('main', { apiUrl }))

    const queries = recorded.exchanges.filter(({ url }) => url.endsWith('/graphql')).map(asked)
    const differing = (await Promise.all(queries.map(judged))).flat()
    const kinds = new Set(queries.map(({ query }) => query)).size
    const rest = recorded.exchanges.length - queries.length
    console.log(
      `judge GitHub GraphQL schema: ${queries.length} queries of ${kinds} kinds and their answers, ${differing.length} differing`
    )
    console.log(`judge GitHub OpenAPI: ${rest} requests and their answers, ${world.github.violations.length} differing`)
    expect([differing, world.github.violations]).toEqual([[], []])
    expect([kinds, queries.every(({ answer }) => answer.errors === undefined)]).toEqual([3, true])
    expect(rest).toBeGreaterThan(30)
  })

  it('find what they forbid', async () => {
    const queries = recorded.exchanges.filter(({ url }) => url.endsWith('/graphql')).map(asked)
    const one = (of: RegExp): Asked => queries.find(({ query, answer }) => of.test(query) && answer.data !== undefined)!
    const altered = (of: RegExp, from: string, to: string): Asked => {
      const text = JSON.stringify(one(of))
      expect(text).toContain(from)
      return JSON.parse(text.replaceAll(from, to)) as Asked
    }
    const all = await Promise.all([
      judged(altered(/Deployment/, 'databaseId latestStatus', 'databaseId lastStatus')),
      judged(altered(/Deployment/, '$ids: [ID!]!', '$ids: [Int!]!')),
      judged(altered(/Deployment/, '"SUCCESS"', '"success"')),
      judged({ ...one(/Deployment/), variables: {} }),
      judged(altered(/history/, 'first: 100', 'most: 100'))
    ])
    expect(all.map(([first]) => first)).toEqual([
      expect.stringContaining('Cannot query field "lastStatus"'),
      expect.stringContaining('used in position expecting type "[ID!]!"'),
      expect.stringContaining('DeploymentStatusState" cannot represent value: "success"'),
      expect.stringContaining('"$ids" of required type "[ID!]!" was not provided'),
      expect.stringContaining('Unknown argument "most"')
    ])
  })
})
