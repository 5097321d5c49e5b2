/** The runner's secret masker: what was registered, in the encodings that the runner registers with it, becomes `***`. */
export interface SecretMasker {
  /** Blank values are ignored, as the runner refuses them. Each line of a value is masked on its own too. */
  add(value: string): void
  mask(text: string): string
}

/** @param secrets values known before the first step: the job's token and the workflow's secrets. */
export function createSecretMasker(secrets: readonly string[] = []): SecretMasker {
  const needles = new Set<string>()
  const add = (value: string): void => {
    if (value.trim() === '') return
    for (const part of [value, ...value.split(/[\r\n]+/)]) {
      if (part === '') continue
      for (const form of encodings(part)) if (form !== '') needles.add(form)
    }
  }
  for (const secret of secrets) add(secret)
  return { add, mask: text => maskAll(text, needles) }
}

/** The forms that the runner masks along with a value (actions/runner, ValueEncoders). */
function encodings(value: string): readonly string[] {
  const bytes = Buffer.from(value, 'utf8')
  const shifted = [0, 1, 2].map(shift => bytes.subarray(bytes.length > shift ? shift : 0).toString('base64'))
  return [
    value,
    ...shifted,
    value.replaceAll("'", "''"),
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(Buffer.from(value, 'utf8').toString('utf8')),
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : ''
  ]
}

/** Overlapping and adjacent finds become one `***`. */
function maskAll(text: string, needles: ReadonlySet<string>): string {
  const ranges: { start: number; end: number }[] = []
  for (const needle of needles) {
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
      ranges.push({ start: at, end: at + needle.length })
    }
  }
  ranges.sort((a, b) => a.start - b.start)
  let masked = ''
  let position = 0
  let covered = -1
  for (const { start, end } of ranges) {
    if (start > covered) masked += `${text.slice(position, start)}***`
    covered = Math.max(covered, end)
    position = covered
  }
  return masked + text.slice(position)
}
