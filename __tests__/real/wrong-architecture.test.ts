/** Real packages against what a layer declares, and against the rules for secrets. */
import { afterAll, describe, expect, it } from '@jest/globals'
import { buildLayer } from '../../src/build-layers/build-layer.js'
import type { Artifact, Layer } from '../../src/model/index.js'
import { layer, recordedLog, runnerWith, scratchFolders } from '../build-layers/scratch.js'

const scratch = scratchFolders()
afterAll(() => {
  scratch.remove()
})

/** A command as a team would write it, without a word about the layer's runtime: `pip install` with these options. */
function byPip(options: string, more: Partial<Layer> = {}): Promise<Artifact> {
  const command = `python3 -m pip install --quiet --no-deps --only-binary=:all: --target "$LAYER_BUILD_DIR/python" ${options}`
  return buildLayer(
    {
      layer: layer({ kind: 'command', command }, more),
      sourceDirectory: scratch.make(),
      outputDirectory: scratch.make()
    },
    { process: runnerWith(), log: recordedLog() }
  )
}
const platform = (machine: string, version: string): string =>
  `--platform=manylinux2014_${machine} --implementation=cp --python-version=${version}`
const refusals = ({ verdicts }: Artifact) => verdicts.flatMap(one => (one.passed === false ? [one] : []))

describe('F45 a compiled package', () => {
  it.each([
    ['x86_64', 'aarch64', 'it is for arm64'],
    ['arm64', 'x86_64', 'it is for x86_64']
  ])('of the other architecture is refused: %s declared', async (declared, machine, why) => {
    const artifact = await byPip(`${platform(machine, '3.10')} markupsafe==2.1.5`, {
      compatibleArchitectures: [declared]
    })
    expect(refusals(artifact)).toMatchObject([
      { guard: 'WRONG_ARCHITECTURE', finding: { found: expect.stringMatching(`markupsafe/_speedups.*so .${why}`) } }
    ])
  })

  it('of another Python is refused, of the declared one is not', async () => {
    const options = `${platform('x86_64', '3.12')} markupsafe==2.1.5`
    expect(refusals(await byPip(options))).toMatchObject([
      { guard: 'WRONG_ARCHITECTURE', finding: { found: expect.stringContaining('it is for Python 3.12, not 3.10') } }
    ])
    expect(refusals(await byPip(options, { compatibleRuntimes: ['python3.12'] }))).toEqual([])
  })
})

describe('F38 widely used packages', () => {
  it.each([
    'boto3 botocore s3transfer requests urllib3 certifi flask jinja2 werkzeug click',
    'cryptography pyjwt pyopenssl paramiko bcrypt pynacl ecdsa rsa python-jose',
    'pycryptodome twisted tornado moto service-identity trustme',
    'confluent-kafka twilio stripe google-auth azure-identity snowflake-connector-python'
  ])('raise no alarm: %s', async packages => {
    const artifact = await byPip(`${platform('x86_64', '3.12')} ${packages}`, { compatibleRuntimes: ['python3.12'] })
    expect(refusals(artifact).filter(({ guard }) => guard === 'SECRET_IN_ARCHIVE')).toEqual([])
    expect(artifact.packages[0]?.version).toMatch(/^\d/)
  })
})
