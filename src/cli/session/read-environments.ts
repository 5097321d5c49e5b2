/** Reads what environments run, for commands that run none of the action's verbs. */
import { createAws } from '../../adapters/aws/index.js'
import { systemClock } from '../../adapters/process/clock.js'
import type { Environment } from '../../model/index.js'
import { readEach, type Unread } from '../../operate/reading-scope.js'
import type { Aws } from '../../ports/aws.js'
import type { Engine } from '../../publish-layers/engines/engine.js'
import { runLimits } from '../../run/limits.js'
import type { CommandLine } from '../command-line.js'
import { wholeNumber, type AccountOptions } from '../options.js'
import type { Checkout } from './open-checkout.js'

/** Each environment that the credentials reach, one after the other, until the command's time is over. */
export async function readEnvironments<Read>(
  environments: readonly Environment[],
  { timeoutMinutes = '20' }: AccountOptions,
  { environment: variables, terminal }: CommandLine,
  { repository }: Checkout,
  profileOf: (environment: string) => string | null,
  read: (environment: Environment, ports: { readonly aws: Aws; readonly engine: Engine }) => Promise<Read>
): Promise<{ readonly read: readonly Read[]; readonly unread: readonly Unread[] }> {
  const limits = runLimits(wholeNumber(timeoutMinutes, '--timeout-minutes'))
  const { signal } = limits
  const openAws = ({ name, accountId, regions: [homeRegion = ''] }: Environment): Promise<Aws> =>
    Promise.resolve(createAws({ environment: variables, signal, homeRegion, accountId, profile: profileOf(name) }))
  const info = (text: string): void => {
    terminal.stderr(`${text}\n`)
  }
  try {
    const { createEngine } = await import('../../publish-layers/engines/index.js')
    const work = readEach(environments, openAws, async (environment, aws) => {
      const identity = { repository: repository ?? '', run: 'local' }
      const context = { region: (name: string) => aws.region(name), clock: systemClock, signal, log: { info } }
      return await read(environment, {
        aws,
        engine: createEngine(environment.engine, { ...context, ...identity })
      })
    })
    return await limits.within(work)
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  } finally {
    limits.end()
  }
}
