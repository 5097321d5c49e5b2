/** AWS's own limits on names and texts, and the shapes that a value must have. */

/** AWS Lambda API reference, "PublishLayerVersion": LayerName (the name form), Description, LicenseInfo, CompatibleRuntimes. */
export const layerNamePattern = /^[A-Za-z0-9_-]{1,140}$/
export const maxDescriptionLength = 256
export const maxLicenseInfoLength = 512
export const maxRuntimes = 15

/** Length of ` [content:<64 hex>]`, which the engine `lambda` adds to a description. */
export const contentSuffixLength = ' [content:]'.length + 64

/** AWS CloudFormation API reference, "CreateStack": StackName. */
export const stackNamePattern = /^[A-Za-z][A-Za-z0-9-]{0,127}$/

/** AWS Organizations API reference, "Organization": Id. */
export const organizationPattern = /^o-[a-z0-9]{10,32}$/

/**
 * AWS Key Management Service Developer Guide, "Key ARN"; an alias is none here: S3 takes it, and a policy cannot allow it.
 * `{region}` stands for the region of a multi-Region key's replica.
 */
export const kmsKeyPattern =
  /^arn:aws(?:-cn|-us-gov)?:kms:(?:[a-z0-9-]+|\{region\}):[0-9]{12}:key\/[A-Za-z0-9-]{1,128}$/

/** The policy of a layer version holds 20 kB ("PolicyLengthExceededException", AWS Lambda API reference), a statement up to 350. */
export const maxSharedAccounts = 50

/** AWS Systems Manager API reference, "PutParameter": Name. Returns the rule that `name` breaks, else `null`. */
export function brokenParameterRule(name: string): string | null {
  if (!/^[A-Za-z0-9_.\-/]+$/.test(name)) return 'letters, digits, and . - _ / alone'
  if (name.includes('/') && !name.startsWith('/')) return 'a / at the beginning of a name with levels'
  if (/\/\/|\/$/.test(name)) return 'no empty level'
  if (name.split('/').length - 1 > 15) return 'at most 15 levels'
  if (/^\/?(?:aws|ssm)/i.test(name)) return 'a name that begins neither with aws nor with ssm'
  return name.length > 900 ? 'at most 900 characters (1,011 with the ARN before the name)' : null
}

/** AWS Lambda developer guide, "Lambda runtimes": the shape, so that next year's version needs no release of ours. */
export const runtimePattern =
  /^(?:python3\.[0-9]{1,2}|nodejs[0-9]{1,2}\.x|java[0-9]{1,2}(?:\.al2(?:023)?)?|dotnet(?:core)?[0-9]{1,2}(?:\.[0-9])?|ruby[0-9]\.[0-9]{1,2}|go1\.x|provided(?:\.al2(?:023)?)?)$/

/** Only for "did you mean". */
export const knownRuntimes: readonly string[] = [
  ...['python3.9', 'python3.10', 'python3.11', 'python3.12', 'python3.13', 'python3.14'],
  ...[
    'nodejs20.x',
    'nodejs22.x',
    'nodejs24.x',
    'java17',
    'java21',
    'java25',
    'dotnet8',
    'dotnet10',
    'ruby3.3',
    'ruby3.4'
  ],
  ...['provided.al2', 'provided.al2023']
]

/** Amazon S3 user guide, "General purpose bucket naming rules". Returns the rule that `name` breaks, else `null`. */
export function brokenBucketRule(name: string): string | null {
  if (!/^[a-z0-9.-]{3,63}$/.test(name)) return '3 to 63 lower-case letters, digits, dots and hyphens'
  if (!/^[a-z0-9].*[a-z0-9]$/.test(name)) return 'a letter or digit at both ends'
  if (name.includes('..')) return 'no two dots in a row'
  if (/^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/.test(name)) return 'no IP address'
  if (/^(?:xn--|sthree-|amzn-s3-demo-)/.test(name)) return 'none of the reserved prefixes xn--, sthree-, amzn-s3-demo-'
  if (/(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name)) {
    return 'none of the reserved suffixes -s3alias, --ol-s3, .mrap, --x-s3, --table-s3'
  }
  return null
}

/**
 * A path inside the repository (or the layer's folder): no `..`, `.`, `.git` or empty segment, not absolute, no backslash or
 * control character, and no leading `-` or `:`, which git would take for an option or a pathspec's magic word.
 */
export const pathPattern =
  /^(?![-:/~\s])(?!.*(?:^|\/)(?:\.{0,2}|\.[gG][iI][tT])(?:\/|$))[^\\\p{Cc}]{0,1023}[^\\\s\p{Cc}]$/u

/** An exact branch name: the rules of `git check-ref-format`, less `refs/…` (a ref, not a branch) and `,` (a list, not a name). */
export const branchPattern =
  /^(?![-/.])(?!refs\/)(?!.*(?:\.\.|\/\/|@\{|\/\.|\.lock(?:\/|$)))[^\p{Cc}\s~^:?*[\\,]{1,244}(?<![/.])$/u

/** One line of text without control characters, and no blank at either end. */
export const linePattern = /^(?!\s)[^\p{Cc}]+(?<!\s)$/u

/** A command may have several lines, as a YAML block (`|`) gives them; it may not be blank. */
export const commandPattern = /^(?=\s*\S)(?:[^\p{Cc}]|[\t\r\n])+$/u

/** As `linePattern`; a leading `!` would leave out everything else. */
export const globPattern = /^(?![!\s])[^\p{Cc}]+(?<!\s)$/u

/** As `globPattern`, but in its last part it names something: an allowance for all that there is would switch the guard off. */
export const allowedSecretPattern =
  /^(?![!\s/])(?=[^\p{Cc}]*[\p{L}\p{N}](?:(?![\p{L}\p{N}/])[^\p{Cc}])*$)[^\p{Cc}]+(?<!\s)$/u

/** A variable that a build may be let see: never the keys to the account, the action's own inputs, or what belongs to the runner. */
export const buildVariablePattern =
  /^(?!AWS_(?:ACCESS_KEY|SECRET|SESSION_TOKEN|SECURITY_TOKEN|CONTAINER_AUTHORIZATION))(?!ACTIONS_)(?!INPUT_)(?!GITHUB_(?:ENV|PATH|OUTPUT|STATE|STEP_SUMMARY)$)[A-Za-z_][A-Za-z0-9_]*$/
