/** The command `report`: the deployed state, read back. Loaded by it alone. */
import type { RunResult } from '../model/index.js'
import type { ObservePorts } from '../publish-layers/observe/observe.js'
import { readBack } from '../publish-layers/observe/read-back.js'
import type { Recorder } from '../publish-layers/promotion/record-run.js'
import type { RunSubject } from '../publish-layers/result.js'
import { changesSinceBase, observeRun, type RunRequest } from './observe.js'

export async function readBackRun(
  subject: RunSubject,
  request: RunRequest,
  ports: ObservePorts & Pick<Recorder, 'clock'>,
  recorder: Recorder
): Promise<RunResult> {
  // What `force` asks of a deploy cannot be seen afterwards.
  const facts = await observeRun({ ...request, force: false }, ports)
  const regions = [...new Set(facts.targets.map(target => target.region))]
  const since = (): ReturnType<typeof changesSinceBase> => changesSinceBase(request, regions, ports)
  return readBack(subject, request, facts, { ...ports, changesSinceBase: since, recorder })
}
