import { runLeastPrivilege } from '../../__tests__/trials/policy-trials.js'
import type { FaultFigure } from './figure.js'

export const leastPrivilege: FaultFigure = {
  id: 'G11',
  what: 'the generated policy, evaluated: whole, every call passes; without any one action, ACCESS_DENIED names it',
  async run() {
    return {
      ...(await runLeastPrivilege()),
      note: 'new, unchanged, moved, killed, failed and refused layers, both engines'
    }
  }
}
