import { runWrongPlaces, wrongPlaces } from '../../__tests__/trials/wrong-places.js'
import type { FaultFigure } from './figure.js'

export const wrongPlacesFigure: FaultFigure = {
  id: 'G5',
  what: 'deploys with the wrong account, region or bucket: refused, no write asked for',
  async run() {
    return { ...(await runWrongPlaces()), note: `${wrongPlaces.length} variants × both engines` }
  }
}
