/** The secrets that stand in a run's environment. A build may print all of it, in whatever form. */
import type { RunnerEnvironment } from '../action/inputs.js'

/** Whoever made a variable need not have masked its value: the runner knows only what a workflow names as a secret. */
const secretName =
  /(^|[_-])(token|secret|password|passwd|passphrase|credentials?|(api|access|private|secret|ssh)[_-]?key)([_-]|$)/i

/** What is a secret whatever it looks like. */
const own = new Set(['GITHUB-TOKEN', 'SSH-KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])

/** Names that match and hold no secret: a file's path, an address, an id that is printed on purpose. */
const noSecret = /(^|[_-])(file|path|url|uri|arn|id|name|dir|directory|expiration|sock)$/i

/** Shorter or plainer values would blot out ordinary words. */
const shortest = 8
const plainWord = /^([a-z]+|[A-Z]+|[0-9]+)$/

/**
 * Values to mask: the inputs `github-token` and `ssh-key`, AWS keys and session, every variable whose name says secret, and
 * the passwords in URLs (`PIP_INDEX_URL`, `HTTPS_PROXY`, …), as they stand and decoded.
 */
export function secretsOf(environment: RunnerEnvironment): readonly string[] {
  const variables = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name.replace(/^INPUT_/, ''), value] as const]
  )
  const named = variables
    .filter(([name, value]) => own.has(name) || (isSecretName(name) && isWorthHiding(value)))
    .map(([, value]) => value)
  return [...new Set([...named, ...variables.flatMap(([, value]) => urlPasswords(value))])]
}

function isSecretName(name: string): boolean {
  return secretName.test(name) && !noSecret.test(name)
}

function isWorthHiding(value: string): boolean {
  return value.trim().length >= shortest && !plainWord.test(value.trim())
}

/** `user:password@` and `token@`, of every URL in the text. */
export function urlPasswords(text: string): readonly string[] {
  const found = [...text.matchAll(/:\/\/([^\s/?#@:]*)(?::([^\s/]*))?@/g)]
  return found.flatMap(([, user = '', password]) => {
    // A name alone is a token only where no person is called so.
    const secret = password ?? (plainWord.test(user) ? '' : user)
    return [...new Set([secret, decoded(secret)])].filter(each => each.length >= shortest && each !== 'x-access-token')
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
