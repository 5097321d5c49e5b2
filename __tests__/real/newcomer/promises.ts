/** What the pages promise of their commands: what is answered, and the exit code where it is not 0. */
export interface Promised {
  readonly page?: string
  readonly command: RegExp
  /** On standard output or error. */
  readonly shows: RegExp
  readonly exit?: readonly number[]
}

export const promises: readonly Promised[] = [
  {
    page: 'docs/tutorial.md',
    command: /^layer-deploy init/,
    shows: /wrote \.github\/layer-deploy\.yml\nwrote \.github\/workflows\/layers\.yml/
  },
  { page: 'docs/tutorial.md', command: /^layer-deploy doctor$/, shows: /credentials[^]*token/ },
  { page: 'docs/tutorial.md', command: /^layer-deploy iam-policy/, shows: /iam\/production\/access\.template\.yml/ },
  { page: 'docs/tutorial.md', command: /^aws lambda list-layer-versions/, shows: /"Version": 1,/ },
  { page: 'docs/tutorial.md', command: /^layer-deploy history/, shows: /^1 .* deployed$/m },
  { page: 'docs/tutorial.md', command: /npm run demo$/, shows: /The page:/ },
  { page: 'docs/init.md', command: /init --diff/, shows: /what is there is what init would write/ },
  { page: 'docs/init.md', command: /init … --dry-run/, shows: /# \.github\/layer-deploy\.yml\nversion: 1/ },
  { page: 'docs/iam-policy.md', command: /--check/, shows: /^ok +role layer-deploy-sandbox-deploy/m },
  { page: 'docs/how-to/keys-to-oidc.md', command: /--check/, shows: /^ok +role layer-deploy-sandbox-deploy/m },
  { page: 'docs/how-to/private-submodules.md', command: /--get-regexp url/, shows: /submodule\.da_flask\.url/ },
  { page: 'docs/how-to/private-submodules.md', command: /--preview/, shows: /da_flask/ },
  { page: 'docs/how-to/from-sam-or-deploy.md', command: /^\.\/deploy/, shows: /da_flask +us-east-2 +unchanged/ },
  {
    page: 'docs/how-to/several-regions.md',
    command: /^layer-deploy plan/,
    shows: /da_flask +eu-west-1 +planned[^\n]*never deployed/
  },
  { page: 'docs/how-to/adopt-layers.md', command: /^layer-deploy history/, shows: /^\d .* deployed$/m },
  { page: 'docs/how-to/adopt-layers.md', command: /describe-stacks/, shows: /layer-deploy:repository/ },
  { page: 'docs/how-to/consumers.md', command: /describe-stacks/, shows: /layer:prod-da-flask-layer:2\n$/ },
  { page: 'docs/discover.md', command: /--profile sandbox$/, shows: /## Lambda layers[^]*dev-da-flask-layer/ },
  { page: 'docs/discover.md', command: /--json/, shows: /"dev-da-flask-layer"/ },
  {
    page: 'docs/discover.md',
    command: /production=github-deploy-prod/,
    shows: /dev-da-flask-layer[^]*prod-da-flask-layer/
  },
  { page: 'docs/rollout.md', command: /--dry-run/, shows: /orders/ },
  { page: 'docs/rollout.md', command: /--profile sandbox$/, shows: /orders/ },
  { page: 'docs/rollback.md', command: /--to previous/, shows: /da_flask +us-east-2 +rolled back +2 -> 3/ },
  { page: 'docs/rollback.md', command: /--to 7/, shows: /dry run/ },
  { page: 'docs/prune.md', command: /--keep 5$/, shows: /run again with --yes/ },
  { page: 'docs/sbom.md', command: /^layer-deploy sbom/, shows: /"CycloneDX"/ },
  { page: 'docs/runbook.md', command: /get-layer-version /, shows: /ResourceNotFoundException/, exit: [254, 255] },
  {
    page: 'docs/runbook.md',
    command: /get-layer-version-policy/,
    shows: /Policy|ResourceNotFoundException/,
    exit: [0, 254, 255]
  },
  { page: 'docs/runbook.md', command: /gh variable list/, shows: /AWS_ROLE_ARN\tarn:aws:iam::444455556666:role/ },
  { page: 'docs/runbook.md', command: /^layer-deploy deploy/, shows: /da_flask +us-east-2 +unchanged/ }
]
