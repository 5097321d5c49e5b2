/** Commands of the pages that are not typed, each with the reason; and what stands in for a reader's own names. */

export interface LeftOut {
  readonly page?: string
  readonly command: RegExp
  readonly why: string
}

export const leftOut: readonly LeftOut[] = [
  { command: /^gh auth login/, why: 'signs a person in, in a browser' },
  { command: /^npm run demo -- --repo/, why: 'the same program as the demo before it, for as long again' },
  { command: /^aws sso login/, why: 'signs a person in, in a browser' },
  { command: /ssh-keyscan github\.com/, why: 'asks github.com' },
  { page: 'docs/verify.md', command: /./, why: 'asks github.com for a release' },
  {
    command: /^aws cloudformation deploy .*access\.template\.yml/,
    why: 'makes roles: the emulated IAM only reads them; the written policies are put into it instead'
  },
  { command: /^aws iam \w+-access-keys? /, why: 'changes the keys of a user: the emulated IAM does not' },
  {
    command: /^aws cloudformation update-stack /,
    why: 'hands over a stack that somebody else made; this walk has none'
  },
  { command: /^aws ssm /, why: 'there is no emulated SSM; the parameter of a stack is tested with the engine' },
  { command: /^aws s3api (list-object-versions|delete-object) /, why: 'emulated buckets keep no older objects' },
  { command: /^aws s3 cp s3:\/\/\S+\/layer-deploy\/state\//, why: 'of the engine lambda; this walk deploys by stacks' },
  {
    command: /^aws cloudformation (continue-update-rollback|delete-stack) /,
    why: 'needs a broken stack; the trials of the engine break one'
  }
]

/** Without the AWS CLI on PATH its commands are not typed either. */
export const needsAwsCli = /^aws /

export function reasonFor(page: string, command: string): LeftOut | null {
  return leftOut.find(each => each.command.test(command) && (each.page ?? page) === page) ?? null
}

/** What a reader puts in place of the pages' placeholders, and of numbers and programs that only an example has. */
export function filledIn(command: string, isProduction: boolean): string {
  const stage = isProduction ? 'prod' : 'dev'
  return (
    command
      // The packages of this checkout are there; installing them would ask the registry.
      .replace(/^npm ci && /, '')
      .replace(/\bOWNER\/NAME\b/g, 'octo-org/superproject')
      .replace(/\bPROFILE\b/g, isProduction ? 'production' : 'sandbox')
      .replace(/\bENVIRONMENT\b/g, 'sandbox')
      .replace(/\bLAYER\b/g, 'da_flask')
      .replace(/\b(NAME|STACK)\b/g, `${stage}-da-flask-layer`)
      .replace(/--version-number N\b/, '--version-number 1')
      .replace(/--to 7\b/, '--to 1')
      .replace(/--version 12\b/, '--version 1')
      .replace(/\| trivy sbom -$/, '| cat')
      .replace(' … ', ' --sandbox-account 111122223333 --production-account 444455556666 --region us-east-2 ')
  )
}
