/** Versions that were not read because their layers change anyway: where what was built is what they hold, it counts what they are. */
import pLimit from 'p-limit'
import type { Facts } from '../plan/facts.js'
import type { Artifact } from '../../model/index.js'
import { settled } from '../../model/errors.js'
import type { Engine } from '../engines/engine.js'
import { targetKey } from '../target.js'

/** The facts with those versions. */
export async function readUnread(
  facts: Facts,
  artifacts: ReadonlyMap<string, Artifact>,
  { engine }: { readonly engine: Pick<Engine, 'readVersion'> }
): Promise<Facts> {
  const limit = pLimit(facts.environment.concurrency)
  const reads = facts.targets.flatMap(target => {
    const deployed = facts.deployed.get(targetKey(target)) ?? null
    const built = artifacts.get(target.layerId)
    if (deployed?.unread !== true || built === undefined || built.contentDigest !== deployed.contentDigest) return []
    return [limit(async () => [targetKey(target), await engine.readVersion(target, deployed)] as const)]
  })
  if (reads.length === 0) return facts
  const read = await settled(reads)
  return {
    ...facts,
    deployed: new Map([...facts.deployed, ...read.map(([key, { deployed }]) => [key, deployed] as const)]),
    verdicts: [...facts.verdicts, ...read.flatMap(([, { verdicts }]) => verdicts)]
  }
}
