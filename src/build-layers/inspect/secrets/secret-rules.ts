/** What must not be in a layer, as data. A layer can be read by every function, account and person that it is shared with. */
import { sha256Hex } from '../../../model/digest.js'

export interface NameRule {
  readonly what: string
  /** Tested against the whole path. */
  readonly path: RegExp
}

export const nameRules: readonly NameRule[] = [
  { what: 'git data', path: /(^|\/)\.git(\/|$)/i },
  // The templates that projects commit next to it hold no values.
  { what: 'environment file', path: /(^|\/)\.env(\.(?!(example|sample|template|dist|defaults?)$)[^/]+)?$/i },
  { what: 'SSH private key', path: /(^|\/)id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/i },
  { what: 'stored git password', path: /(^|\/)\.git-credentials$/i },
  { what: 'AWS credentials file', path: /(^|\/)\.aws\/credentials$/i }
]

export interface ContentRule {
  readonly what: string
  /** ASCII words of 4 characters or more, one of which every match holds: the search for them is far cheaper than the pattern. `null`: look at the whole file. */
  readonly anchors: readonly string[] | null
  /** Tested against the text around an anchor, which it must not look further than `contextBytes` from. */
  readonly pattern: RegExp
  /** Only in files with such a path; `null`: in all. */
  readonly path: RegExp | null
  /** Whether what the pattern matched is known to everybody. */
  readonly isPublic?: (match: readonly string[]) => boolean
}

/** SHA-256 of the first 64 characters of the body of keys that widely used packages carry outside their tests. */
const publishedKeys: ReadonlySet<string> = new Set([
  // The AWS CLI's example of iot create-provisioning-claim.
  '3089f2c85afed62dbb472dd8af6063d72adbee3002749794c120cadacccf8621',
  // librdkafka's unit test, in confluent-kafka.
  'a83b76f995591c5ef84c4b76d57071dd307669796b6c721c13c4bb7cab324fb7',
  // moto's proxy: certificate authority and server.
  'd9e23841ae3d8dc9370e6c2a5609274a82b83dfa48c3eaec390d0431cc3dad94',
  '0bda6a714b4d10815e99b308c27ee8977302254ed52b1481aa91bc034e14f629'
])

/** How far to either side of an anchor a pattern may look. Files that are searched whole are cut at this many bytes times 256. */
export const contextBytes = 256

export const contentRules: readonly ContentRule[] = [
  {
    // AWS IAM User Guide, "IAM identifiers", unique ID prefixes. The keys of AWS's own documents contain EXAMPLE.
    what: 'AWS access key id',
    anchors: ['AKIA', 'ASIA'],
    pattern: /(?<![A-Za-z0-9+/=_])(?:AKIA|ASIA)(?![A-Z2-7]*EXAMPLE)[A-Z2-7]{16}(?![A-Za-z0-9+/=_])/,
    path: null
  },
  {
    // The header alone stands in every library that reads keys, and a certificate bundle has none: a key's body must follow, no shorter than the shortest
    // there is (64 characters, Ed25519), over several lines or string literals, and not cut short by dots as documents do.
    what: 'private key',
    anchors: ['PRIVATE KEY'],
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,20}PRIVATE KEY(?: BLOCK)?-----(?=((?:\\[rn]|["'\s]|(?:Proc-Type|DEK-Info|Version|Comment): [^\r\n\\]{1,80})*))\1(?!(?:\\[rn]|["'\s])*EXAMPLE)((?:(?:\\[rn]|["']|\r?\n[ \t]*)*[A-Za-z0-9+/]){64})(?![A-Za-z0-9+/\\\s"']*[.])/,
    path: null,
    isPublic: ([, , body = '']) => publishedKeys.has(sha256Hex(body.replace(/\\[rn]|[^A-Za-z0-9+/]/g, '').slice(0, 64)))
  },
  {
    what: 'GitHub token',
    anchors: ['ghp_', 'gho_', 'ghs_', 'ghu_', 'ghr_', 'github_pat_'],
    pattern:
      /(?<![A-Za-z0-9_])(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?![A-Za-z0-9_])/,
    path: null
  },
  {
    // 40 characters of base64 mean nothing by themselves; under this name they do. The key of AWS's own documents ends in EXAMPLEKEY.
    what: 'AWS secret access key',
    anchors: ['secret_access_key', 'SECRET_ACCESS_KEY', 'ecretAccessKey'],
    pattern:
      /(?:secret_access_key|SECRET_ACCESS_KEY|[sS]ecretAccessKey)["']?\s{0,4}(?:=|:)\s{0,4}["']?(?![A-Za-z0-9/+]{0,33}EXAMPLE)(?=[A-Za-z0-9/+]{0,39}\d)(?=[A-Za-z0-9/+]{0,39}[a-z])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/,
    path: null
  },
  {
    what: 'GitLab token',
    anchors: ['glpat-'],
    pattern: /(?<![A-Za-z0-9_-])glpat-(?=[A-Za-z_-]{0,20}\d)[A-Za-z0-9_-]{20}(?![A-Za-z0-9_-])/,
    path: null
  },
  {
    what: 'Slack token',
    anchors: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-'],
    pattern: /(?<![A-Za-z0-9])xox[bpars]-\d{9,13}-[A-Za-z0-9-]{20,80}(?![A-Za-z0-9-])/,
    path: null
  },
  {
    what: 'Stripe live key',
    anchors: ['sk_live_', 'rk_live_'],
    pattern: /(?<![A-Za-z0-9])[rs]k_live_(?=[A-Za-z]{0,23}\d)[A-Za-z0-9]{24,99}(?![A-Za-z0-9])/,
    path: null
  },
  {
    // "pypi.org" in base64 begins every token of that index.
    what: 'PyPI token',
    anchors: ['pypi-AgEIcHlwaS5vcmc'],
    pattern: /pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50}/,
    path: null
  },
  {
    what: 'npm token',
    anchors: ['npm_'],
    pattern: /(?<![A-Za-z0-9_])npm_(?=[A-Za-z]{0,35}\d)[A-Za-z0-9]{36}(?![A-Za-z0-9_])/,
    path: null
  },
  {
    what: 'Azure storage key',
    anchors: ['AccountKey='],
    pattern: /AccountKey=(?!Eby8vdM02xNOcqF)[A-Za-z0-9+/]{86}==/,
    path: null
  },
  {
    // A reference to a variable is how such a file is meant to be committed.
    what: 'registry password',
    anchors: null,
    pattern: /_(?:authToken|auth|password)\s*=\s*(?!["']?\$\{)[^\s"']/,
    path: /(^|\/)\.npmrc$/
  },
  { what: 'registry password', anchors: null, pattern: /^[ \t]*password[ \t]*[=:][ \t]*\S/im, path: /(^|\/)\.pypirc$/ },
  { what: 'password', anchors: null, pattern: /\bpassword\s+\S/, path: /(^|\/)[._]netrc$/ },
  { what: 'registry password', anchors: null, pattern: /"auth"\s*:\s*"[^"]+"/, path: /(^|\/)\.docker\/config\.json$/ }
]
