import { createHash } from 'node:crypto'

/** The AWS tools name the cached token of a session by it. */
export const sha1Hex = (text: string): string => createHash('sha1').update(text).digest('hex')
