/** Each method of the port with what it asks of GitHub, and how it is told of in an error. */
import { expect } from '@jest/globals'
import type { CheckRunContent, GitHub } from '../../../src/ports/github.js'
import { checksToken, sha } from './emulated.js'

const repository = '/repos/acme/superproject'
const other = 'b2'.repeat(20)
const firstPage = 'page=1&per_page=100'
const content: CheckRunContent = {
  ...{ name: 'layer-deploy/plan', conclusion: null, title: 'Planning', summary: 'Soon' },
  ...{ annotations: [], detailsUrl: null }
}
const deployment = {
  ...{ commit: sha, environment: 'sandbox', task: 'layer-deploy', payload: { da_flask: 1 } },
  ...{ description: 'x', production: true }
}
const known = { id: 9, nodeId: 'DE_OQ', ...deployment, createdAt: '2026-01-01T00:00:00Z' }

interface Method {
  /** What is asked first. */
  readonly request: readonly unknown[]
  /** Of the error. */
  readonly operation: string
  readonly permission: string | null
  /** `once`: not sent again after a lost answer. */
  readonly once?: true
  readonly token?: string
}

export const methods: readonly (readonly [string, (github: GitHub) => Promise<unknown>, Method])[] = [
  [
    'listComments',
    github => github.listComments(5),
    {
      request: [`GET ${repository}/issues/5/comments?${firstPage}`],
      operation: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
      permission: 'pull-requests: read'
    }
  ],
  [
    'listComments from a page on',
    github => github.listComments(5, 3),
    {
      request: [`GET ${repository}/issues/5/comments?page=3&per_page=100`],
      operation: 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
      permission: 'pull-requests: read'
    }
  ],
  [
    'readComment',
    github => github.readComment(7),
    {
      request: [`GET ${repository}/issues/comments/7`],
      operation: 'GET /repos/{owner}/{repo}/issues/comments/{comment_id}',
      permission: 'pull-requests: write'
    }
  ],
  [
    'createComment',
    github => github.createComment(5, 'text'),
    {
      request: [`POST ${repository}/issues/5/comments`, { body: 'text' }],
      operation: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
      permission: 'pull-requests: write',
      once: true
    }
  ],
  [
    'updateComment',
    github => github.updateComment(7, 'text'),
    {
      request: [`PATCH ${repository}/issues/comments/7`, { body: 'text' }],
      operation: 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
      permission: 'pull-requests: write',
      once: true
    }
  ],
  [
    'deleteComment',
    github => github.deleteComment(7),
    {
      request: [`DELETE ${repository}/issues/comments/7`],
      operation: 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
      permission: 'pull-requests: write'
    }
  ],
  [
    'createStatus',
    github =>
      github.createStatus(sha, {
        ...{
          context: 'layer-deploy/plan',
          state: 'pending',
          description: 'Planning',
          targetUrl: 'https://github.com/r'
        },
        report: { summary: 'not of a status', annotations: [] }
      }),
    {
      request: [
        `POST ${repository}/statuses/${sha}`,
        { context: 'layer-deploy/plan', state: 'pending', description: 'Planning', target_url: 'https://github.com/r' }
      ],
      operation: 'POST /repos/{owner}/{repo}/statuses/{sha}',
      permission: 'statuses: write'
    }
  ],
  [
    'createStatus without a page',
    github => github.createStatus(sha, { context: 'c', state: 'error', description: '', targetUrl: null }),
    {
      request: [`POST ${repository}/statuses/${sha}`, { context: 'c', state: 'error', description: '' }],
      operation: 'POST /repos/{owner}/{repo}/statuses/{sha}',
      permission: 'statuses: write'
    }
  ],
  [
    'listStatuses',
    github => github.listStatuses(sha),
    {
      request: [`GET ${repository}/commits/${sha}/statuses?${firstPage}`],
      operation: 'GET /repos/{owner}/{repo}/commits/{ref}/statuses',
      permission: 'statuses: read'
    }
  ],
  [
    'pullsOfCommit',
    github => github.pullsOfCommit(sha),
    {
      request: [`GET ${repository}/commits/${sha}/pulls?${firstPage}`],
      operation: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
      permission: 'pull-requests: read'
    }
  ],
  [
    'compare, in another repository',
    github => github.compare('acme/da_flask', sha, other),
    {
      request: [`GET /repos/acme/da_flask/compare/${sha}...${other}?per_page=100`],
      operation: 'GET /repos/{owner}/{repo}/compare/{basehead}',
      permission: 'contents: read'
    }
  ],
  [
    'branchProtected',
    github => github.branchProtected('release/1'),
    {
      request: [`GET ${repository}/branches/release%2F1`],
      operation: 'GET /repos/{owner}/{repo}/branches/{branch}',
      permission: 'contents: read'
    }
  ],
  [
    'environmentProtection',
    github => github.environmentProtection('sand box/1'),
    {
      request: [`GET ${repository}/environments/sand%20box%2F1`],
      operation: 'GET /repos/{owner}/{repo}/environments/{environment_name}',
      permission: 'actions: read'
    }
  ],
  [
    'deployments',
    github => github.deployments({ environment: 'sand box', task: 'layer-deploy' })[Symbol.asyncIterator]().next(),
    {
      request: [`GET ${repository}/deployments?environment=sand%20box&task=layer-deploy&${firstPage}`],
      operation: 'GET /repos/{owner}/{repo}/deployments',
      permission: 'deployments: read'
    }
  ],
  [
    'createDeployment',
    github => github.createDeployment(deployment),
    {
      request: [
        `POST ${repository}/deployments`,
        {
          ...{ ref: sha, environment: 'sandbox', task: 'layer-deploy', payload: { da_flask: 1 }, description: 'x' },
          ...{ auto_merge: false, required_contexts: [], production_environment: true }
        }
      ],
      operation: 'POST /repos/{owner}/{repo}/deployments',
      permission: 'deployments: write',
      once: true
    }
  ],
  [
    'createDeploymentStatus',
    github => github.createDeploymentStatus(9, { state: 'success', description: 'x', logUrl: 'https://github.com/r' }),
    {
      request: [
        `POST ${repository}/deployments/9/statuses`,
        { state: 'success', description: 'x', auto_inactive: false, log_url: 'https://github.com/r' }
      ],
      operation: 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
      permission: 'deployments: write'
    }
  ],
  [
    'createDeploymentStatus without a page',
    github => github.createDeploymentStatus(9, { state: 'failure', description: 'x', logUrl: null }),
    {
      request: [
        `POST ${repository}/deployments/9/statuses`,
        { state: 'failure', description: 'x', auto_inactive: false }
      ],
      operation: 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
      permission: 'deployments: write'
    }
  ],
  [
    'checkRunsNamed',
    github => github.checkRunsNamed(sha, 'unit tests'),
    {
      request: [
        `GET ${repository}/commits/${sha}/check-runs?filter=latest&check_name=unit%20tests&page=1&per_page=100`
      ],
      operation: 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs',
      permission: 'checks: read'
    }
  ],
  [
    'createCheckRun',
    github => github.createCheckRun(sha, content),
    {
      request: [
        `POST ${repository}/check-runs`,
        {
          ...{ head_sha: sha, name: 'layer-deploy/plan', status: 'in_progress' },
          output: { title: 'Planning', summary: 'Soon', annotations: [] }
        }
      ],
      operation: 'POST /repos/{owner}/{repo}/check-runs',
      permission: 'checks: write',
      once: true,
      token: checksToken
    }
  ],
  [
    'updateCheckRun',
    github =>
      github.updateCheckRun(4, {
        ...{ ...content, conclusion: 'failure', detailsUrl: 'https://github.com/r' },
        annotations: [{ path: 'a.yml', line: 3, level: 'warning', title: 'T', message: 'M' }]
      }),
    {
      request: [
        `PATCH ${repository}/check-runs/4`,
        {
          ...{ name: 'layer-deploy/plan', status: 'completed', conclusion: 'failure' },
          output: {
            ...{ title: 'Planning', summary: 'Soon' },
            annotations: [
              { path: 'a.yml', start_line: 3, end_line: 3, annotation_level: 'warning', title: 'T', message: 'M' }
            ]
          },
          details_url: 'https://github.com/r'
        }
      ],
      operation: 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}',
      permission: 'checks: write',
      token: checksToken
    }
  ],
  [
    'pendingStatuses',
    github => github.pendingStatuses(sha, 'layer-deploy/plan'),
    {
      request: [
        'POST /graphql',
        {
          query: expect.stringContaining('history(first: 100)'),
          variables: { commit: sha, context: 'layer-deploy/plan', owner: 'acme', repo: 'superproject' }
        }
      ],
      operation: 'GET /repos/{owner}/{repo}/commits/{ref}/statuses',
      permission: 'statuses: read'
    }
  ],
  [
    'deploymentOutcomes',
    github => github.deploymentOutcomes([known]),
    {
      request: [
        'POST /graphql',
        {
          query: expect.stringContaining('nodes(ids: $ids)'),
          variables: { ids: ['DE_OQ'], owner: 'acme', repo: 'superproject' }
        }
      ],
      operation: 'GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses',
      permission: 'deployments: read'
    }
  ]
]
