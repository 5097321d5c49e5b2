/** The workflow: a plan on pull requests, a deploy on the mapped branches. */
import type { Known } from './config-text.js'

/** By commit, as a tag can be moved; the comment names the release. */
const checkout = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2'
const credentials = 'aws-actions/configure-aws-credentials@e3dd6a429d7300a6a4c196c26e071d42e0343502 # v4.0.2'

/**
 * The plan job has no `environment:`: a reviewer of deployments need not approve a plan. One run of a branch at a time, and
 * none is cancelled: the newest waiting one deploys everything since the last deployed state.
 */
export function workflowText({ sandbox, production: prod, regions, action, needsSshKey }: Known): string {
  const branches = `[${[...new Set([sandbox.branch, prod.branch])].map(branch => JSON.stringify(branch)).join(', ')}]`
  const production = prod.branch.replaceAll("'", "''")
  const isProduction = `github.base_ref == '${production}' || github.event.merge_group.base_ref == 'refs/heads/${production}'`
  const region = regions[0] ?? ''
  return `name: Layers
on:
  pull_request: { branches: ${branches} }
  merge_group: { branches: ${branches} }
  push: { branches: ${branches} }
concurrency:
  group: layers-\${{ github.event_name }}-\${{ github.event.pull_request.number || github.ref }}
  cancel-in-progress: false
permissions: {}
jobs:
  plan:
    name: plan
    if: github.event_name != 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 25
    permissions:
      contents: read
      deployments: read # what was deployed before
      id-token: write # the AWS role is assumed with it
      pull-requests: write # the comment
      statuses: write # the commit status
    env:
      # Variables of the repository. Without them a plan compares with the base revision instead of the account.
      PLAN_ROLE: \${{ (${isProduction}) && vars.AWS_PLAN_ROLE_PRODUCTION || vars.AWS_PLAN_ROLE_SANDBOX }}
    steps:
      - uses: ${checkout}
        with: { persist-credentials: true } # zizmor: ignore[artipacked] submodules that a layer is built from are fetched with them
      - uses: ${credentials}
        if: env.PLAN_ROLE != '' && github.event.pull_request.head.repo.fork != true
        with:
          role-to-assume: \${{ env.PLAN_ROLE }}
          aws-region: ${region}
      - uses: ${action}
  deploy:
    name: deploy
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 25
    environment: \${{ github.ref_name == '${production}' && 'production' || 'sandbox' }}
    permissions:
      contents: read
      id-token: write # the AWS role is assumed with it
      deployments: write # the deployment that GitHub shows
      pull-requests: write # the comment
      statuses: write # the commit status
    steps:
      - uses: ${checkout}
        with: { persist-credentials: true } # zizmor: ignore[artipacked] submodules that a layer is built from are fetched with them
      - uses: ${credentials}
        with:
          role-to-assume: \${{ vars.AWS_ROLE_ARN }} # a variable of each environment
          aws-region: ${region}
      - uses: ${action}
${needsSshKey ? sshInputs : ''}`
}

/** Only a deploy builds, and only what is built is fetched. */
const sshInputs = `        with:
          ssh-key: \${{ secrets.LAYERS_SSH_KEY }}
          ssh-known-hosts: \${{ secrets.LAYERS_KNOWN_HOSTS }}
`
