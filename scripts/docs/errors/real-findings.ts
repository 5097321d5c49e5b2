/** What the guards themselves say of one example: these lines cannot differ from what a run prints. */
import { parseConfig } from '../../../src/config/load.js'
import type { ErrorCode, Finding } from '../../../src/model/errors.js'
import type { Environment, Verdict } from '../../../src/model/index.js'
import { inspectContent, type InspectedContent } from '../../../src/build-layers/inspect/inspect-content.js'

const layer = { id: 'da_flask', compatibleRuntimes: ['python3.10'], compatibleArchitectures: ['x86_64'] as const }

const configuration = `version: 1
environments:
  sandbox: { branch: test, stage: dev, account-id: "111122223333", regions: [us-east-2], artifact-bucket: 111122223333-code-deployment }
  production: { branch: main, stage: prod, account-id: "444455556666", regions: [us-east-2], artifact-bucket: 444455556666-code-deployment, promote-from: sandbox }
defaults: { compatible-runtimes: [python3.10] }
layers:
  da_flask: { path: da_flask }
`

export function exampleEnvironment(name: string): Environment {
  const found = parseConfig(configuration, 'example').environments.find(each => each.name === name)
  if (found === undefined) throw new Error(`no environment ${name}`)
  return found
}

/** @throws Error where the example passes, so that it is an example no longer */
export function findingOf(verdict: Verdict | undefined): Finding {
  if (verdict === undefined || verdict.passed === true || verdict.passed === undefined)
    throw new Error(`${verdict?.guard ?? 'the guard'} passes in its example`)
  return verdict.finding
}

const empty = { unzippedBytes: 1, secrets: { refused: [], allowed: [] }, packages: [], traits: new Map() }

/** What the inspection of an archive says where it holds this beside a module that is in order. */
export function inspected(code: ErrorCode, content: Partial<InspectedContent>): Finding {
  const entries = [file('python/da_flask/__init__.py'), ...(content.entries ?? [])]
  return judged(code, { ...empty, ...content, entries })
}

/** The same of an archive with this one file. */
export function inspectedAlone(code: ErrorCode, path: string): Finding {
  return judged(code, { ...empty, entries: [file(path)] })
}

function judged(code: ErrorCode, content: InspectedContent): Finding {
  return findingOf(inspectContent(layer, content).find(({ guard }) => guard === code))
}

export function file(path: string, sizeBytes = 1): InspectedContent['entries'][number] {
  return { kind: 'file', path, sizeBytes }
}
