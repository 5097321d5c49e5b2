import type { FaultFigure } from './figure.js'
import { properties } from './g10-properties.js'
import { killedProcesses } from './g13-killed-processes.js'
import { cancellation } from './g7-cancellation.js'
import { secrets } from './g9-secrets.js'
import { hangs } from './hangs.js'
import { kills } from './kills.js'
import { late } from './late.js'
import { leastPrivilege } from './least-privilege.js'
import { olderRun } from './older-run.js'
import { singleFaults } from './single-faults.js'
import { together } from './together.js'
import { wrongPlacesFigure } from './wrong-places.js'

/** In the order of the table. */
export const figures: readonly FaultFigure[] = [
  ...[kills, singleFaults, together, late, wrongPlacesFigure, olderRun],
  ...[cancellation, hangs, secrets, properties, leastPrivilege, killedProcesses]
]
