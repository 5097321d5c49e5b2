/** G9: no credential in anything that anybody reads, whatever a build prints and whatever fails. The bench makes 1,000 runs. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openCanaryWorld, type CanaryWorld } from '../trials/canaries.js'
import { hitsIn } from '../trials/canary-forms.js'
import { mishaps } from '../trials/canary-mishaps.js'

/** The other kinds of runs are the bench's. */
const sample = mishaps.filter(({ name }) =>
  [
    ...['nothing', 'engine lambda', 'a dry run', 'a plan of a pull request', 'rollback', 'the build fails'],
    ...['the check fails', 'a submodule that cannot be fetched', 'an input is wrong', 'no configuration'],
    ...['an event that is none', 'AWS denies', 'the address of AWS is wrong', 'GitHub refuses the token'],
    ...['AWS: truncated', 'GitHub: error 400']
  ].includes(name)
)

describe('G9 canaries in every credential', () => {
  let world: CanaryWorld
  beforeAll(async () => {
    world = await openCanaryWorld()
  })
  afterAll(() => world.close())

  it.each(sample)('G9 $name', async mishap => {
    const { hits, text, exitCode } = await world.run(mishap, mishaps.indexOf(mishap))
    expect(hits).toEqual([])
    expect(text).not.toContain('INTERNAL')
    if (mishap.exitCode !== null) expect({ exitCode, text }).toEqual({ exitCode: mishap.exitCode, text })
    // The build did print them.
    if (mishap.name === 'nothing') expect(text.split('***').length).toBeGreaterThan(40)
  })

  it('G9 through dist/', async () => {
    const [mishap] = mishaps
    const { hits, exitCode } = await world.runBundle(mishap!, mishaps.length)
    expect({ hits, exitCode }).toEqual({ hits: [], exitCode: 0 })
  })

  it('a canary that is there is found, in every form', () => {
    const secret = 'EXAMPLE+canary/aws-secret=='
    for (const text of [
      secret,
      Buffer.from(`x${secret}y`).toString('base64'),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('hex'),
      JSON.stringify([secret])
    ])
      expect(hitsIn(`… ${text} …`).some(hit => hit.startsWith('AWS_SECRET_ACCESS_KEY'))).toBe(true)
  })
})
