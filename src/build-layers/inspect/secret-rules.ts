/** What must not be in a layer, as data. A layer can be read by every function, account and person that it is shared with. */
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
  /** Bytes (ASCII) that every match holds: a search for them is far cheaper than the pattern. `null`: look at the whole file. */
  readonly anchors: readonly string[] | null
  /** Tested against the text around an anchor, which it must not look further than `contextBytes` from. */
  readonly pattern: RegExp
  /** Only in files with such a path; `null`: in all. */
  readonly path: RegExp | null
}

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
    // The header alone stands in every library that reads keys, and a certificate bundle has none: a key's body must follow.
    what: 'private key',
    anchors: ['PRIVATE KEY'],
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,20}PRIVATE KEY(?: BLOCK)?-----(?:\\[rn]|["'\s]|(?:Proc-Type|DEK-Info|Version|Comment): [^\r\n\\]{1,80})*[A-Za-z0-9+/]{40}/,
    path: null
  },
  {
    what: 'GitHub token',
    anchors: ['ghp_', 'gho_', 'ghs_', 'ghu_', 'ghr_', 'github_pat_'],
    pattern:
      /(?<![A-Za-z0-9_])(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?![A-Za-z0-9_])/,
    path: null
  },
  {
    // A reference to a variable is how such a file is meant to be committed.
    what: 'registry password',
    anchors: null,
    pattern: /_(?:authToken|auth|password)\s*=\s*(?!["']?\$\{)[^\s"']/,
    path: /(^|\/)\.npmrc$/
  },
  { what: 'registry password', anchors: null, pattern: /^\s*password\s*[=:]\s*\S/im, path: /(^|\/)\.pypirc$/ },
  { what: 'password', anchors: null, pattern: /\bpassword\s+\S/, path: /(^|\/)[._]netrc$/ },
  { what: 'registry password', anchors: null, pattern: /"auth"\s*:\s*"[^"]+"/, path: /(^|\/)\.docker\/config\.json$/ }
]
