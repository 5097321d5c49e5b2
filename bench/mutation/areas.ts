/** What is mutated, and the tests that are asked. Tests of the bundle are not: `dist/` holds no mutants. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

export interface Area {
  readonly name: string
  readonly files: readonly string[]
  readonly tests: readonly string[]
}

/** Decides what is written. */
export const deciding: Area = {
  name: 'deciding',
  files: [
    'src/publish-layers/plan/guards.ts',
    'src/publish-layers/plan/plan.ts',
    'src/select-environment/select.ts',
    'src/select-environment/selected-layers.ts',
    'src/detect-changes/changes.ts'
  ],
  tests: [
    '__tests__/publish-layers/plan/guards-words.test.ts',
    '__tests__/publish-layers/plan/guards.test.ts',
    '__tests__/publish-layers/plan/plan-access.test.ts',
    '__tests__/publish-layers/plan/plan-adjust.test.ts',
    '__tests__/publish-layers/plan/plan-document.test.ts',
    '__tests__/publish-layers/plan/stale-run.test.ts',
    '__tests__/publish-layers/plan/plan.test.ts',
    '__tests__/select-environment/select-words.test.ts',
    '__tests__/select-environment/select.test.ts',
    '__tests__/select-environment/selected-layers.test.ts',
    '__tests__/detect-changes/changes.test.ts'
  ]
}

/** Their tests take seconds: CI draws a sample of each. */
const quick = [
  ...['plan', 'promotion', 'own-template', 'observe'].map(part => `publish-layers/${part}`),
  ...['publish-layers', 'detect-changes', 'post', 'report', 'adapters/github', 'redaction']
]

export function quickAreas(): readonly Area[] {
  return otherAreas().filter(({ name }) => quick.includes(name))
}

/** Everything else that writes, records, reports or hides. */
export function otherAreas(): readonly Area[] {
  return [
    mirrored('publish-layers/plan'),
    mirrored('publish-layers/promotion'),
    mirrored('publish-layers/own-template'),
    // Of the deploys against the emulated account, the two that are quick.
    area(
      'publish-layers/observe',
      ['publish-layers/observe'],
      ['publish-layers/observe', 'publish-layers/wrong-places.test.ts', 'operate/prune/prune-beside-others.test.ts']
    ),
    area(
      'publish-layers/engines',
      ['publish-layers/engines', 'publish-layers/apply'],
      [...['publish-layers/apply', 'publish-layers/engines']]
    ),
    {
      name: 'publish-layers',
      files: listing('src/publish-layers', '.ts').filter(file => file.split('/').length === 3),
      tests: [
        ...listing('__tests__/publish-layers', '.test.ts').filter(file => file.split('/').length === 3),
        ...['plan-access', 'plan-document', 'plan-preview'].map(
          name => `__tests__/publish-layers/plan/${name}.test.ts`
        ),
        ...['stack', 'current-version'].map(name => `__tests__/publish-layers/engines/cloudformation/${name}.test.ts`)
      ]
    },
    // Not what asks the emulator, nor the properties of merging: they take seconds.
    area(
      'report',
      ['comment', 'status', 'deliver.ts', 'deliver-to-github.ts', 'reporter.ts'].map(part => `report/${part}`),
      [
        ...['comment', 'comment-document', 'comment-merge', 'comment-reading', 'deliver-comment'].map(
          name => `report/comment/${name}.test.ts`
        ),
        ...['status', 'deliver-locally.test.ts', 'deliver-to-github.test.ts', 'reporter.test.ts'].map(
          part => `report/${part}`
        )
      ]
    ),
    mirrored('detect-changes'),
    area('post', ['action/post.ts', 'action/close-left-open.ts'], ['action/post.test.ts']),
    mirrored('adapters/github'),
    // Not the writes that wait for their turn among others: 22 seconds.
    without(mirrored('adapters/aws'), 's3/requests.test.ts'),
    // Not the runs with a secret in every credential, nor the 3,000 texts of a property: they take seconds.
    area(
      'redaction',
      ['redaction'],
      ['escape-signs', 'neutral-commands', 'redactor', 'redactor-forms', 'secrets'].map(
        name => `redaction/${name}.test.ts`
      )
    ),
    mirrored('operate/rollback'),
    mirrored('operate/prune')
  ]
}

function mirrored(folder: string): Area {
  return area(folder, [folder], [folder])
}

function without(area: Area, test: string): Area {
  return { ...area, tests: area.tests.filter(file => !file.endsWith(`/${test}`)) }
}

function area(name: string, sources: readonly string[], tests: readonly string[]): Area {
  const decided = new Set(deciding.files)
  return {
    name,
    files: sources.flatMap(each => listing(`src/${each}`, '.ts')).filter(file => !decided.has(file)),
    tests: tests.flatMap(each => listing(`__tests__/${each}`, '.test.ts')).filter(asksSources)
  }
}

/** Runs of `dist/` see no mutant, and take seconds each. */
function asksSources(file: string): boolean {
  return !/action-world|example-world|runAction/.test(readFileSync(join(root, file), 'utf8'))
}

function listing(path: string, ending: string): readonly string[] {
  if (path.endsWith('.ts')) return [path]
  return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith(ending))
    .map(name => join(path, name))
    .sort()
}
