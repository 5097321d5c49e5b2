import {
  interruptionLine,
  openCancellationWorld,
  type Boundary,
  type Interruption,
  type Signal,
  type Trial
} from '../../__tests__/trials/cancellation.js'
import { badLine } from '../../__tests__/trials/trial-line.js'
import type { FaultFigure } from './figure.js'

const further: readonly Signal[] = ['SIGTERM', 'SIGKILL']
const engines = ['cloudformation', 'lambda'] as const
type Engine = (typeof engines)[number]

export const cancellation: FaultFigure = {
  id: 'G7',
  what: 'SIGINT at every boundary of a deploy through dist/, SIGTERM and SIGKILL at every third; then the next run',
  async run() {
    const both = await Promise.all(engines.map(engine => trialsOf(engine)))
    const trials = both.flat()
    const times = trials.flatMap(({ endedAfter, signal }) =>
      endedAfter === null || signal === 'SIGKILL' ? [] : [endedAfter]
    )
    times.sort((a, b) => a - b)
    const at = (part: number): string => `${((times[Math.floor((times.length - 1) * part)] ?? 0) / 1000).toFixed(1)} s`
    return {
      trials: trials.length,
      bad: trials.filter(({ findings }) => findings.length > 0).map(line),
      note: `from the signal to the end: median ${at(0.5)}, longest ${at(1)}`
    }
  }
}

interface EngineTrial extends Trial {
  readonly engine: Engine
}

async function trialsOf(engine: Engine): Promise<readonly EngineTrial[]> {
  const world = await openCancellationWorld(engine)
  try {
    const done: EngineTrial[] = []
    for (const at of interruptions(await world.record())) done.push({ engine, ...(await world.interrupt(at)) })
    return done
  } finally {
    await world.close()
  }
}

function interruptions(boundaries: readonly Boundary[]): readonly Interruption[] {
  return boundaries.flatMap(boundary => {
    const extra = further.filter((_signal, index) => boundary.number % 3 === index)
    return ['SIGINT' as const, ...extra].map(signal => ({ ...boundary, signal }))
  })
}

function line({ engine, findings, ...at }: EngineTrial): string {
  return badLine(interruptionLine(engine, at), [`G7 at ${at.name}`, ...findings])
}
