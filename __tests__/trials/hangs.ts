/** G8: AWS answers one kind of call never again. The call ends in time, and the run with a failure. */
import { CodedError } from '../../src/model/errors.js'
import type { Timing } from '../../src/adapters/aws/client-options.js'
import { openWorld } from './account.js'
import { copyWorld } from './copy-world.js'
import { deploy, outcomes } from './deploy.js'
import { ordered, type Reference, type Scenario } from './scenarios.js'
import { badLine, lineOf, oneOf, scenarioOf, type Fields } from './trial-line.js'

export interface Hang extends Scenario {
  /** As the API names it. */
  readonly api: string
  /** What ends it: the call's own deadline, or the step's, which comes first then. */
  readonly ends: 'call' | 'step'
}

/** `standardTiming`, this many times shorter. */
const timesShorter = 30
const timing: Timing = {
  connectSeconds: 5 / timesShorter,
  attemptSeconds: 15 / timesShorter,
  callSeconds: 60 / timesShorter,
  publishSeconds: 50 / timesShorter
}
/** From the call that hangs: before it, a busy machine may take any time. */
const stepSeconds = 0.4
/** For what is not the hanging call, on a machine that is busy with more than this; a call without a deadline takes for ever. */
const graceSeconds = 20

export interface HangResult {
  readonly bad: readonly string[]
  /** In the time of `standardTiming`: of the whole run, for which one call hung. */
  readonly seconds: number
}

export function hangsOf(scenario: Scenario, reference: Reference): readonly Hang[] {
  return [...new Set(reference.calls)].flatMap(api =>
    (['call', 'step'] as const).map(ends => ({ ...scenario, api, ends }))
  )
}

export async function runHang(hang: Hang, reference: Reference): Promise<HangResult> {
  const account = await openWorld()
  const hangs = (): boolean => account.emulator.calls.some(({ api }) => api === hang.api)
  const limits = stepLimit(hang.ends === 'step' ? hangs : () => false)
  try {
    copyWorld(reference.start, account.emulator.world)
    account.emulator.faults.add({ action: hang.api, kind: 'hang-before', times: 10_000 })
    const started = performance.now()
    const endpoint = account.emulator.url
    const code = await deploy({ ...ordered(hang), endpoint, signal: limits.signal, timing }).then(
      run =>
        run.rows.some(({ status }) => status === 'failed' || status === 'not-attempted')
          ? outcomes(run).join()
          : 'green',
      (error: unknown) => (error instanceof CodedError ? error.code : String(error))
    )
    const seconds = (performance.now() - started) / 1000
    const bad: string[] = []
    // A call that hangs ends every other wait of the run with it: only the failure may differ, never its being one.
    if (code !== 'DEADLINE_EXCEEDED') bad.push(`it ended as ${code}`)
    const longest = hang.ends === 'step' ? stepSeconds : settledAfter(hang.api)
    if (seconds > longest + graceSeconds) bad.push(`it took ${seconds.toFixed(1)} s`)
    return { bad: bad.map(text => badLine(hangLine(hang), [text])), seconds: seconds * timesShorter }
  } finally {
    limits.end()
    await account.close()
  }
}

/** `engine=lambda layer=new hangs=lambda:PublishLayerVersion ends=call` */
function hangLine({ engine, layer, api, ends }: Hang): string {
  return lineOf({ engine, layer, hangs: api, ends })
}

export function hangOf(fields: Fields): Hang {
  const ends = oneOf<Hang['ends']>(fields, 'ends', ['call', 'step'])
  return { ...scenarioOf(fields), api: fields.get('hangs') ?? '', ends }
}

/** A publish without an answer is begun again, since nothing was published: up to three times. */
function settledAfter(api: string): number {
  return api === 'lambda:PublishLayerVersion' ? 3 * timing.publishSeconds : timing.callSeconds
}

function stepLimit(begun: () => boolean): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController()
  const finding = { expected: 'the step to end in time', found: 'work that is not done', mend: 'run again' }
  let timer: NodeJS.Timeout | undefined
  const watch = setInterval(() => {
    if (begun())
      timer ??= setTimeout(() => controller.abort(new CodedError('DEADLINE_EXCEEDED', finding)), stepSeconds * 1000)
  }, 10)
  return {
    signal: controller.signal,
    end: () => {
      clearInterval(watch)
      clearTimeout(timer)
    }
  }
}
