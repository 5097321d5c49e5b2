import { rarestWindow, standsAt, type AnchorHit } from './anchor-search.js'

/** What a search that looks at 16 places at once needs; it finds places where an anchor may stand, and asks whether one does. */
export interface AnchorTables {
  /**
   * For each of three bytes in a row 16 bytes by its lower half and 16 by its upper half. Where a bit is in all six that a place selects,
   * a window of the group that the bit stands for may be there.
   */
  readonly tables: Uint8Array
  /** Adds the anchors whose window stands at the place to the hits. */
  readonly collect: (text: Uint8Array, place: number, hits: AnchorHit[]) => void
}

const windowBytes = 3
const groups = 8

/** The anchors are ASCII, each at least 3 characters long. */
export function anchorTables(anchors: readonly string[]): AnchorTables {
  const windows = anchors.map((text, anchor) => {
    const word = new TextEncoder().encode(text)
    const offset = rarestWindow(word, windowBytes)
    return { word, anchor, offset, window: word.subarray(offset, offset + windowBytes) }
  })
  // Windows that are alike share a group: fewer others pass for one of them.
  windows.sort((a, b) => keyAt(a.window, 0) - keyAt(b.window, 0))
  const tables = new Uint8Array(2 * windowBytes * 16)
  const places = new Map<number, typeof windows>()
  windows.forEach((one, index) => {
    const bit = 1 << Math.floor((index * groups) / windows.length)
    one.window.forEach((byte, position) => {
      for (const at of [32 * position + (byte & 15), 32 * position + 16 + (byte >> 4)]) {
        tables[at] = (tables[at] ?? 0) | bit
      }
    })
    const key = keyAt(one.window, 0)
    places.set(key, [...(places.get(key) ?? []), one])
  })
  return {
    tables,
    collect(text, place, hits) {
      for (const { word, anchor, offset } of places.get(keyAt(text, place)) ?? []) {
        if (standsAt(text, place - offset, word)) hits.push({ anchor, at: place - offset })
      }
    }
  }
}

function keyAt(text: Uint8Array, at: number): number {
  return ((text[at] ?? 0) << 16) | ((text[at + 1] ?? 0) << 8) | (text[at + 2] ?? 0)
}
