import { createRedactor, type Redact } from './redactor.js'

/** The values that this process may not print. */
export interface Masks {
  /** `false`: it was there already, or is empty. */
  add(secret: string): boolean
  readonly redact: Redact
}

export function createMasks(): Masks {
  const secrets: string[] = []
  // Made on first use: a run masks a dozen values before it prints anything.
  let redactor: Redact | null = null
  return {
    add: secret => {
      if (secret === '' || secrets.includes(secret)) return false
      secrets.push(secret)
      redactor = null
      return true
    },
    redact: text => (redactor ??= createRedactor(secrets))(text)
  }
}
