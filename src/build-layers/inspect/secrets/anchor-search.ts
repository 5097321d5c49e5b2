/** Where anchors, short words that a secret begins with, stand in a text: looked for byte by byte, or with tables at 16 places at once. */

/** Where one of the anchors stands. */
export interface AnchorHit {
  /** Index in the list of anchors. */
  readonly anchor: number
  readonly at: number
}

/** Finds the anchors in a text; hits come in no particular order, each once. */
export type AnchorSearch = (text: Uint8Array) => readonly AnchorHit[]

/** Of each anchor so many bytes in a row are looked for; two of them stand on every third position of the text. */
const windowBytes = 4
const stride = windowBytes - 1

/**
 * Searches for many short words at once, at about 2 GB/s however many there are: it looks at two bytes in three, and closer only where
 * they occur in an anchor. The anchors are ASCII, each at least 4 characters long. Hits come in no particular order, each once.
 */
export function anchorSearch(anchors: readonly string[]): AnchorSearch {
  const words = anchors.map(anchor => new TextEncoder().encode(anchor))
  const places: { readonly word: Uint8Array; readonly anchor: number; readonly offset: number }[][] = [[]]
  // Pair of bytes → index in `places`; 0: in no anchor.
  const placesOf = new Uint16Array(0x10000)
  words.forEach((word, anchor) => {
    const start = rarestWindow(word, windowBytes)
    for (let offset = start; offset < start + stride; offset++) {
      const pair = (word[offset] ?? 0) | ((word[offset + 1] ?? 0) << 8)
      const index = (placesOf[pair] ||= places.push([]) - 1)
      places[index]?.push({ word, anchor, offset })
    }
  })
  return text => {
    const hits: AnchorHit[] = []
    // Reads within the bounds: the fallbacks of checked access would cost a third of the speed.
    for (let index = 0, end = text.length - 1; index < end; index += stride) {
      const found = placesOf[(text[index] as number) | ((text[index + 1] as number) << 8)] as number
      if (found === 0) continue
      for (const { word, anchor, offset } of places[found] ?? []) {
        const at = index - offset
        if (text[at] === word[0] && text[at + 1] === word[1] && standsAt(text, at, word)) hits.push({ anchor, at })
      }
    }
    return hits
  }
}

/** Start of so many bytes in a row with the most that are rare in text: anything but lower-case letters. */
function rarestWindow(word: Uint8Array, length: number): number {
  let best = 0
  let bestRare = -1
  for (let start = 0; start + length <= word.length; start++) {
    const rare = word.subarray(start, start + length).filter(byte => byte < 0x61 || byte > 0x7a).length
    if (rare > bestRare) [best, bestRare] = [start, rare]
  }
  return best
}

function standsAt(text: Uint8Array, at: number, word: Uint8Array): boolean {
  if (at < 0 || at + word.length > text.length) return false
  for (let index = 0; index < word.length; index++) if (text[at + index] !== word[index]) return false
  return true
}

/** What a search that looks at 16 places at once needs; it finds places where an anchor may stand, and asks whether one does. */
interface AnchorTables {
  /**
   * For each of three bytes in a row 16 bytes by its lower half and 16 by its upper half. Where a bit is in all six that a place selects,
   * a window of the group that the bit stands for may be there.
   */
  readonly tables: Uint8Array
  /** Adds the anchors whose window stands at the place to the hits. */
  readonly collect: (text: Uint8Array, place: number, hits: AnchorHit[]) => void
}

const tableWindowBytes = 3
const windowGroups = 8

/** The anchors are ASCII, each at least 3 characters long. */
export function anchorTables(anchors: readonly string[]): AnchorTables {
  const windows = anchors.map((text, anchor) => {
    const word = new TextEncoder().encode(text)
    const offset = rarestWindow(word, tableWindowBytes)
    return { word, anchor, offset, window: word.subarray(offset, offset + tableWindowBytes) }
  })
  // Windows that are alike share a group: fewer others pass for one of them.
  windows.sort((a, b) => keyAt(a.window, 0) - keyAt(b.window, 0))
  const tables = new Uint8Array(2 * tableWindowBytes * 16)
  const places = new Map<number, typeof windows>()
  windows.forEach((one, index) => {
    const bit = 1 << Math.floor((index * windowGroups) / windows.length)
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
