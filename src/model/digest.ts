import { createHash } from 'node:crypto'

/** SHA-256 of text (as UTF-8) or bytes, 64 lower-case hexadecimal digits. */
export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** Hexadecimal digest → base64, the form in which AWS states CodeSha256 and S3 checksums. */
export function hexToBase64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}

/** Base64 digest → 64 lower-case hexadecimal digits, the form in which we write every digest. */
export function base64ToHex(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex')
}

/** JSON with sorted object keys and no white space: one value has one text, hence one digest. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner
    const entries = inner as Readonly<Record<string, unknown>>
    // By UTF-16 code units, as `sort` compares strings.
    const keys = Object.keys(entries).sort()
    return Object.fromEntries(keys.map(key => [key, entries[key]]))
  })
}
