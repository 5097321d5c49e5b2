/** G9: the canaries, the program that prints them in every form, and the search for them. */
const mark = 'EXAMPLE+canary/'
export const canaries = {
  AWS_SECRET_ACCESS_KEY: `${mark}aws-secret==`,
  AWS_SESSION_TOKEN: `${mark}session"token\\with%20all&sorts`,
  'INPUT_GITHUB-TOKEN': 'ghs_EXAMPLEinstallationtoken',
  'INPUT_SSH-KEY': `-----BEGIN EXAMPLE KEY-----\n${mark}ssh-key-line-one\n${mark}ssh-key-line-two\n-----END EXAMPLE KEY-----\n`,
  PRIVATE_API_KEY: `${mark}api key with blanks`,
  TWINE_PASSWORD: `${mark}p@ss:word`
} as const
export const indexPassword = 'EXAMPLE-canary-of-the-index'
export const submodulePassword = 'EXAMPLE-canary-of-a-submodule'
export const checkoutToken = 'ghs_EXAMPLEcanaryofthecheckout'

/** A credential that is none of the right ones, and a canary all the same. */
export function wrong(name: string): string {
  return `${mark}another-${name}`
}

/** Prints what it sees of the job in every form, and in `LEAK_VALUES` what it is not shown: a build may have it from elsewhere. */
export const leak = `import base64, json, os, subprocess, sys, urllib.parse
def show(value):
    raw = value.encode()
    print(value)
    for before in (b"", b"x", b"xy"):
        print(base64.b64encode(before + raw).decode(), base64.urlsafe_b64encode(before + raw + b"z").decode())
    print(raw.hex(), raw.hex().upper(), urllib.parse.quote(value), urllib.parse.quote(value, safe=""), urllib.parse.quote_plus(value))
    print(json.dumps({"value": value}), json.dumps(json.dumps([value])), repr(value) if '"' not in value else "")
seen = dict(os.environ)
for name, value in sorted({**json.loads(seen.pop("LEAK_VALUES")), **seen}.items()):
    if "EXAMPLE" in value: show(value)
print(subprocess.run(["git", "config", "--list"], capture_output=True, text=True).stdout)
if os.access(os.path.join(os.environ["LEAK_WORKSPACE"], ".git/config"), os.R_OK):
    print(open(os.path.join(os.environ["LEAK_WORKSPACE"], ".git/config")).read())
sys.exit(int(os.environ.get("LEAK_EXIT", "0")))
`

const secrets: Readonly<Record<string, string>> = {
  ...canaries,
  'INPUT_SSH-KEY': `${mark}ssh-key-line-one`,
  'ssh line two': `${mark}ssh-key-line-two`,
  'index password': indexPassword,
  'submodule password': submodulePassword,
  'checkout token': checkoutToken,
  mark
}
const shapes = Object.entries(secrets).flatMap(([name, value]) =>
  formsOf(value).map(([form, shape]) => ({ hit: `${name} ${form}`, shape }))
)

/** Name and form of each canary in the text. */
export function hitsIn(text: string): readonly string[] {
  return shapes.filter(({ shape }) => text.includes(shape)).map(({ hit }) => hit)
}

/** Written here anew: what removes them must not be what looks for them. */
function formsOf(value: string): readonly (readonly [string, string])[] {
  const bytes = Buffer.from(value)
  const aligned = [0, 1, 2].map(shift => {
    const whole = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return ['base64', whole.slice(shift === 0 ? 0 : shift + 1, -1)] as const
  })
  return [
    ['raw', value],
    ...aligned,
    ...aligned.map(([, shape]) => ['base64url', shape.replaceAll('+', '-').replaceAll('/', '_')] as const),
    ['URL-encoded', encodeURIComponent(value)],
    ['form-encoded', encodeURIComponent(value).replaceAll('%20', '+')],
    ['JSON', JSON.stringify(value).slice(1, -1)],
    ['JSON twice', JSON.stringify(JSON.stringify(value).slice(1, -1)).slice(1, -1)],
    ['hexadecimal', bytes.toString('hex')],
    ['hexadecimal', bytes.toString('hex').toUpperCase()]
  ]
}
