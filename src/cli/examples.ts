/** What `--help` shows of each command as an example. A test reads each of them with the grammar. */
export const examples: Readonly<Record<string, readonly string[]>> = {
  detect: ['layer-deploy detect', 'layer-deploy detect --base origin/main --json'],
  plan: [
    'layer-deploy plan --profile github-deploy',
    'layer-deploy plan --preview da_flask',
    'layer-deploy plan --environment sandbox --json'
  ],
  deploy: [
    'layer-deploy deploy --environment sandbox --profile github-deploy da_flask',
    'layer-deploy deploy --dry-run --profile github-deploy',
    'layer-deploy deploy --force --regions us-east-2 da_framework'
  ],
  rollback: [
    'layer-deploy rollback --to previous --environment production --profile production da_flask',
    'layer-deploy rollback --to 7 --dry-run da_flask'
  ],
  rollout: ['layer-deploy rollout --dry-run da_flask', 'layer-deploy rollout --environment sandbox --profile sandbox'],
  prune: ['layer-deploy prune --keep 5', 'layer-deploy prune --keep 5 --yes --profile sandbox da_flask'],
  discover: [
    'layer-deploy discover --profile sandbox=dev --profile production=live',
    'layer-deploy discover --html layers.html'
  ],
  history: ['layer-deploy history da_flask', 'layer-deploy history --limit 5 --environment sandbox'],
  sbom: ['layer-deploy sbom da_flask --environment sandbox', 'layer-deploy sbom --version 12 da_flask'],
  init: [
    'layer-deploy init --sandbox-account 111122223333 --production-account 444455556666 --region us-east-2',
    'layer-deploy init --diff'
  ],
  doctor: ['layer-deploy doctor', 'layer-deploy doctor --environment sandbox --profile github-deploy'],
  'iam-policy': [
    'layer-deploy iam-policy --environment sandbox --output iam',
    'layer-deploy iam-policy --purpose rollback,prune --output iam',
    'layer-deploy iam-policy --check --profile admin'
  ],
  completion: ['source <(layer-deploy completion bash)', 'layer-deploy completion fish | source']
}

export const exitCodesHelp = `
Begin with:
  layer-deploy init      where there is no configuration yet
  layer-deploy doctor    to see what is missing
  layer-deploy plan      to see what a deploy would do

Exit codes:
  0    done, or nothing to do
  1    refused or failed: a line "error: CODE: Expected ..., found .... To fix: ...."
  2    the command line itself is wrong
  130  ended by Ctrl-C; the next run completes what was begun

Environment:
  AWS_PROFILE, AWS_REGION and the other variables of the AWS SDK
  GITHUB_TOKEN or GH_TOKEN   to read and record what an environment has proven
  NO_COLOR                   no colour, whatever its value
`

export function examplesHelp(name: string): string {
  const lines = examples[name] ?? []
  return lines.length === 0 ? '' : `\nExamples:\n${lines.map(line => `  ${line}\n`).join('')}`
}
