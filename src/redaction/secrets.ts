/** The secrets that stand in a run's environment. A build may print all of it, in whatever form. */
import type { RunnerEnvironment } from '../model/index.js'

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
 * the passwords in URLs (`PIP_INDEX_URL`, …) and who asks at a proxy (`HTTPS_PROXY`, …), as they stand and decoded.
 */
export function secretsOf(environment: RunnerEnvironment): readonly string[] {
  const variables = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name.replace(/^INPUT_/, ''), value] as const]
  )
  const named = variables
    .filter(([name, value]) => own.has(name) || (isSecretName(name) && isWorthHiding(value)))
    .map(([, value]) => value)
  const ofProxies = variables.filter(([name]) => proxyName.test(name)).flatMap(([, value]) => proxyCredentials(value))
  return [...new Set([...named, ...ofProxies, ...variables.flatMap(([, value]) => urlPasswords(value))])]
}

const proxyName = /^(?:https?|all|pip|npm_config(?:_https)?|git_config_[a-z_]*)_proxy$|^uv_(?:https?|all)_proxy$/i

/** Of the redactor: shorter ones cannot be blotted out by themselves. */
const shortestOfProxy = 6

/**
 * User, password and both of them, as they stand and decoded: a proxy's may be shorter and plainer than a token, and its address may lack the
 * scheme. A user who is called like a word of the log (`runner`, `build`) is not blotted out alone.
 */
function proxyCredentials(value: string): readonly string[] {
  const [, userInfo] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^\s/]*)@/i.exec(value.trim()) ?? []
  if (userInfo === undefined) return []
  const colon = userInfo.indexOf(':')
  const [user, password] = colon < 0 ? [userInfo, ''] : [userInfo.slice(0, colon), userInfo.slice(colon + 1)]
  const users = plainWord.test(decoded(user)) && user.length < shortest ? [] : [user]
  const pairs = password === '' ? [] : [userInfo, `${decoded(user)}:${decoded(password)}`]
  const found = [...users, password].flatMap(each => [each, decoded(each)])
  return [...found, ...pairs].filter(each => each.length >= shortestOfProxy)
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
