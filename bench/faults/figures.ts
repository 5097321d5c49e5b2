import type { FaultFigure } from './figure.js'
import { cancellation } from './g7-cancellation.js'
import { kills } from './kills.js'
import { singleFaults } from './single-faults.js'

/** In the order of the table. */
export const figures: readonly FaultFigure[] = [kills, singleFaults, cancellation]
