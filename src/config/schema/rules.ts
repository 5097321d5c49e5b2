/** What each value must be, and the mend: the schema names a rule by its key, `issues.ts` turns it into a finding. */
export interface Rule {
  readonly expected: string
  /** An imperative. */
  readonly mend: string
}

const list = (of: string, example: string): Rule => ({
  expected: `a list of at least one ${of}, each once`,
  mend: `write ${example}`
})

export const rules = {
  mapping: { expected: 'a mapping of keys to values', mend: 'write keys and values, indented by spaces' },
  version: { expected: 'the number 1', mend: 'write version: 1, the only version that this action reads' },
  environments: { expected: 'at least one environment by name', mend: 'add an environment under environments' },
  layers: { expected: 'at least one layer by id', mend: 'add a layer under layers' },
  'environment-name': {
    expected: 'an environment name of 1 to 64 letters, digits, - and _ that begins with a letter and is not "plan"',
    mend: 'rename the environment'
  },
  'layer-id': {
    expected: 'a layer id of 1 to 100 letters, digits, - and _ that begins with a letter or _',
    mend: 'rename the layer; its folder is named by path'
  },
  branch: {
    expected: 'an exact branch name',
    mend: 'write the name as git branch shows it, without refs/heads/, patterns or commas; write several as a list'
  },
  branches: list('exact branch name', 'branch: test or branch: [test, develop]'),
  stage: {
    expected: 'a stage of 1 to 64 letters, digits, - and _ that begins with a letter or digit',
    mend: 'write the word that AWS names bear, for example stage: dev'
  },
  'account-id': {
    expected: 'an AWS account id of 12 digits in quotes',
    mend: 'write all 12 digits in quotes, for example account-id: "111122223333"'
  },
  region: { expected: 'a region of aws, aws-cn or aws-us-gov', mend: 'write the region as AWS names it: us-east-2' },
  regions: list('region', 'regions: [us-east-2]'),
  'artifact-bucket': {
    expected: 'the name of an S3 bucket',
    mend: 'write the name without s3:// and without a path, for example 111122223333-code-deployment'
  },
  engine: { expected: 'cloudformation or lambda', mend: 'write engine: cloudformation, or leave the key out' },
  template: {
    expected: 'a name template',
    mend: 'write text with placeholders, for example "{stage}-{layer}-layer"'
  },
  'promote-from': { expected: 'the name of another environment', mend: 'write the name of another environment' },
  'share-with': {
    expected:
      'a list of account ids, or one organization id (o- and 10 to 32 lower-case letters and digits), or public',
    mend: 'write for example share-with: ["444455556666"], or share-with: o-a1b2c3d4e5'
  },
  'shared-accounts': {
    expected: 'a list of 1 to 50 account ids, each once',
    mend: 'write for example share-with: ["444455556666"]; share with more accounts by their organization id'
  },
  'share-publicly': {
    expected: 'true',
    mend: 'write share-publicly: true beside share-with: public, or delete the key'
  },
  'function-name': {
    expected: 'the name of a Lambda function, * for any letters',
    mend: 'write the name without account, region and version, for example orders or "billing-*"'
  },
  'function-names': list('function name', 'functions: [orders, "billing-*"]'),
  encryption: {
    expected: 'aes256, or a mapping with kms-key',
    mend: 'write encryption: aes256, or encryption: { kms-key: "arn:aws:kms:us-east-2:111122223333:key/…" }'
  },
  'kms-key': {
    expected: 'the ARN of a KMS key (not of an alias), in which {region} may stand for the region',
    mend: 'write the ARN that aws kms describe-key shows, in quotes'
  },
  boolean: { expected: 'true or false', mend: 'write true or false, without quotes' },
  'required-checks': {
    expected: 'a list of check names, or a mapping with names, skipped and wait-minutes',
    mend: 'write for example required-checks: [unit tests, lint]'
  },
  checks: list('name of a check or status context', '[unit tests, lint]'),
  check: {
    expected: 'the name of a check or the context of a status',
    mend: 'write the name as the pull request shows it, on one line of at most 255 characters'
  },
  skipped: { expected: 'success or failure', mend: 'write skipped: failure, or leave the key out' },
  'wait-minutes': { expected: 'a number of minutes from 0 to 60', mend: 'write for example wait-minutes: 10' },
  minimum: { expected: 'a percentage from 0 to 100', mend: 'write for example minimum: 80, without the sign' },
  concurrency: { expected: 'a whole number from 1 to 64', mend: 'write for example concurrency: 8' },
  runtime: {
    expected: 'a Lambda runtime identifier',
    mend: 'write it as AWS names it, for example python3.10'
  },
  runtimes: {
    expected: 'a list of 1 to 15 Lambda runtimes, each once',
    mend: 'write compatible-runtimes: [python3.10]'
  },
  architecture: { expected: 'x86_64 or arm64', mend: 'write compatible-architectures: [x86_64]' },
  architectures: list('architecture (x86_64, arm64)', 'compatible-architectures: [x86_64]'),
  path: {
    expected: 'a relative path with / between its parts, without .., ., .git, empty parts or a leading -, : or ~',
    mend: 'write the path as git ls-files shows it, for example libraries/da_flask'
  },
  paths: { expected: 'a list of relative paths, each once', mend: 'write for example [constraints.txt]' },
  source: list('relative path', 'source: [da_flask]'),
  description: {
    expected: 'a description of one line, 1 to 256 characters',
    mend: 'shorten the description, fold it with >-, or leave it out'
  },
  'license-info': {
    expected: 'a licence in one line of 1 to 512 characters',
    mend: 'write an SPDX identifier, the URL of the licence, or leave the key out'
  },
  command: { expected: 'a command', mend: 'write the command line as text, or leave the key out' },
  'own-template': {
    expected: 'the path of a template, or a mapping with file, parameters and capabilities',
    mend: 'write for example template: da_flask/template.yaml'
  },
  'template-parameters': {
    expected: 'at least one parameter by name',
    mend: 'write for example parameters: { Stage: "{stage}" }, or leave the key out'
  },
  'template-parameter-name': {
    expected: 'the name of a template parameter, 1 to 255 letters and digits',
    mend: 'write the name as it stands under Parameters in the template'
  },
  'template-parameter': {
    expected: 'the value of a template parameter as text in one line',
    mend: 'put the value in quotes'
  },
  capability: {
    expected: 'CAPABILITY_IAM, CAPABILITY_NAMED_IAM or CAPABILITY_AUTO_EXPAND',
    mend: 'write it as CloudFormation names it, or leave the key out'
  },
  capabilities: list('capability', 'capabilities: [CAPABILITY_IAM]'),
  'source-distributions': {
    expected: 'true or false',
    mend: 'write source-distributions: true, or leave the key out'
  },
  'build-method': {
    expected: 'project, requirements or prebuilt',
    mend: 'write one of them, or leave the key out: then the folder decides'
  },
  installer: { expected: 'auto, uv or pip', mend: 'write installer: auto, or leave the key out' },
  glob: {
    expected: 'a glob pattern that does not begin with !',
    mend: 'write patterns of what is left out, for example "**/tests/**"'
  },
  globs: { expected: 'a list of glob patterns, each once', mend: 'write for example exclude: ["**/tests/**"]' },
  'allowed-secret': {
    expected: 'a path or glob in the content whose last part is not made of wildcards alone, without a leading ! or /',
    mend: 'name the file that the error names, for example python/da_flask/example.pem, or a glob like python/x/tests/*.pem'
  },
  'build-variable': {
    expected:
      'the name of a variable that is none of the keys of AWS, of the inputs of this action, and of the files and tokens of the runner',
    mend: 'name what the build needs, under a name of its own, for example environment: [PRIVATE_INDEX_TOKEN]'
  },
  'build-environment': {
    expected: 'a list of names of variables, each once',
    mend: 'write for example environment: [MY_SETTING]'
  },
  'allow-secrets': {
    expected: 'a list of paths or globs, each once',
    mend: 'write for example allow-secrets: [python/da_flask/example.pem]'
  }
} as const satisfies Record<string, Rule>

export type RuleName = keyof typeof rules

export function isRuleName(text: string): text is RuleName {
  return Object.hasOwn(rules, text)
}
