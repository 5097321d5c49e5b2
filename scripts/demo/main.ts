/** `npm run demo`: the committed bundle against the emulators, told in the terminal and as a page. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { listStacks } from '../../emulators/aws/cloudformation/reader.js'
import type { AwsEmulator } from '../../emulators/aws/index.js'
import { listLayers } from '../../emulators/aws/lambda/reader.js'
import type { ActionWorld, SuperprojectRemote } from '../../emulators/world/action-world.js'
import { productionAccount, region, sandboxAccount } from '../../emulators/world/example-world.js'
import { openExample, tellExample } from './example-story.js'
import { furtherProblems } from '../../src/model/errors.js'
import { CodedError } from '../../src/model/errors.js'
import { bold, narrator, red, type Narrator } from './narrator.js'
import { openOwnRepository, tellOwn } from './own-repository.js'
import { renderPage, type AccountView } from './page.js'

const help = `npm run demo                     the example: two submodules, a sandbox, a production
npm run demo -- --repo PATH      your own superproject and configuration; PATH is only read
  --config FILE                  its configuration (default .github/layer-deploy.yml)
                                 (builds run as configured: what they install comes from the network)
  --output DIR                   where index.html is written (default demo-output)`

const lead =
  'A team keeps two frameworks, da_flask and da_framework, as submodules of one repository. Each becomes an AWS Lambda layer. What reaches the branch test goes to a sandbox account. What reaches main goes to production, if the sandbox has proven it. Here is how that goes, from the first pull request to a bad day and after.'
const ownLead =
  'Your repository and configuration, as they are committed: each environment is deployed once, then once more, which changes nothing.'

interface Told {
  readonly world: ActionWorld<SuperprojectRemote>
  readonly places: readonly { readonly accountId: string; readonly region: string }[]
  readonly notes: readonly string[]
  /** What the page begins with. */
  readonly lead: string
  readonly tell: (narrator: Narrator) => Promise<void>
}

async function open(repo: string | undefined, config: string): Promise<Told> {
  if (repo === undefined) {
    const example = await openExample()
    const { world, installer } = example
    const note =
      'Neither uv nor python3 with pip is here: da_framework is built by its own command, not by an installer.'
    const places = [sandboxAccount, productionAccount].map(accountId => ({ accountId, region }))
    return { world, places, lead, notes: installer === null ? [note] : [], tell: each => tellExample(example, each) }
  }
  const own = await openOwnRepository(resolve(repo), config)
  const places = own.config.environments.flatMap(({ accountId, regions }) =>
    regions.map(name => ({ accountId, region: name }))
  )
  return { world: own.world, places, lead: ownLead, notes: own.notes, tell: each => tellOwn(own, each) }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      repo: { type: 'string' },
      config: { type: 'string', default: '.github/layer-deploy.yml' },
      output: { type: 'string', default: 'demo-output' },
      help: { type: 'boolean', default: false }
    }
  })
  const print = (line: string): void => {
    console.log(line)
  }
  if (values.help) {
    print(help)
    return
  }
  const started = Date.now()
  const { world, places, notes, lead: about, tell } = await open(values.repo, values.config)
  for (const note of notes) print(note)
  try {
    const story = narrator(world.aws, world.github, print)
    try {
      await tell(story)
    } finally {
      const file = await writePage(
        values.output,
        about,
        story,
        places.map(place => accountView(world.aws, place))
      )
      print(`\n${bold('The page:')} ${file}   (${((Date.now() - started) / 1000).toFixed(1)} s)`)
    }
  } finally {
    await world.close()
  }
}

async function writePage(
  output: string,
  about: string,
  story: Narrator,
  accounts: readonly AccountView[]
): Promise<string> {
  const mermaid = await readFile(new URL('../../node_modules/mermaid/dist/mermaid.min.js', import.meta.url), 'utf8')
  const file = join(resolve(output), 'index.html')
  await mkdir(resolve(output), { recursive: true })
  await writeFile(
    file,
    renderPage({ title: 'layer-deploy-action: the demo', lead: about, chapters: story.chapters, accounts, mermaid })
  )
  return file
}

function accountView(aws: AwsEmulator, place: { readonly accountId: string; readonly region: string }): AccountView {
  const { accountId, region: name } = place
  const buckets = [...aws.world.buckets.values()].filter(
    bucket => bucket.ownerAccountId === accountId && bucket.region === name
  )
  return {
    ...place,
    region: name,
    layers: listLayers(aws.world, accountId, name).flatMap(layer =>
      layer.versions.map(({ version, arn, sizeBytes, codeSha256 }) => ({
        ...{ name: layer.name, version, arn, sizeBytes, codeSha256 }
      }))
    ),
    stacks: listStacks(aws.world, accountId, name).map(stack => ({
      name: stack.name,
      status: stack.status,
      tags: stack.tags
    })),
    objects: buckets.flatMap(bucket =>
      [...bucket.objects.values()].map(({ key, body }) => ({
        address: `s3://${bucket.name}/${key}`,
        sizeBytes: body.length
      }))
    )
  }
}

main().catch((error: unknown) => {
  const errors = error instanceof CodedError ? [error, ...furtherProblems(error)] : [error]
  for (const each of errors) console.error(red(each instanceof Error ? each.message : String(each)))
  const unknownOption = (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') === true
  if (unknownOption) console.error(`\n${help}`)
  process.exitCode = 1
})
