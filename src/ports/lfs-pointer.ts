/** Git LFS Specification, "The Pointer". */
export interface LfsPointer {
  /** SHA-256 of the content, 64 hex digits. */
  readonly oid: string
  readonly sizeBytes: number
}

const versions = ['https://git-lfs.github.com/spec/v1', 'https://hawser.github.com/spec/v1']
/** The specification: a pointer is smaller than this. */
export const longestPointer = 1024

/** What a file that is a pointer names; `null` where it is none. */
export function parsePointer(content: Uint8Array): LfsPointer | null {
  // Most files are told apart by their first letter.
  if (content[0] !== 0x76 || content.length >= longestPointer) return null
  const lines = new TextDecoder('utf-8').decode(content).split(/\r?\n/)
  const version = /^version (\S+)$/.exec(lines[0] ?? '')?.[1]
  if (version === undefined || !versions.includes(version)) return null
  const value = (key: string): string | undefined =>
    lines.find(line => line.startsWith(`${key} `))?.slice(key.length + 1)
  const oid = /^sha256:([0-9a-f]{64})$/.exec(value('oid') ?? '')?.[1]
  const size = /^\d{1,15}$/.exec(value('size') ?? '')?.[0]
  return oid === undefined || size === undefined ? null : { oid, sizeBytes: Number(size) }
}
