/** Guards over where, when and from what a run may write. */
import type { ErrorCode } from '../../../src/model/errors.js'
import { checkVerdicts, coverageVerdict } from '../../../src/publish-layers/plan/gate-verdicts.js'
import { accountVerdict, promotedVerdict, regionVerdicts } from '../../../src/publish-layers/plan/guards.js'
import { staleVerdict } from '../../../src/publish-layers/plan/stale-run.js'
import { notReady } from '../../../src/publish-layers/engines/cloudformation/stack-status.js'
import { workingTreeVerdict } from '../../../src/select-environment/selected-layers.js'
import { exampleEnvironment, findingOf } from './real-findings.js'
import type { ErrorHelp } from './section.js'

const nothing = 'Nothing.'

export const guardErrors = {
  TRUSTED_EVENT: {
    look: 'The table of [events](events.md).',
    fix: 'Deploy on a push to a mapped branch. Elsewhere use `plan` or `auto`.',
    written: nothing,
    example: {
      expected: 'a push, a workflow_dispatch or an accepted workflow_run on a mapped branch',
      found: 'pull_request_target',
      mend: 'use the command plan here, or auto, which plans where it may not deploy'
    }
  },
  ENVIRONMENT_MAPPED: {
    look: '`git branch --show-current`, and `branch` of the environments in the configuration.',
    fix: 'Leave `environment` out, or run on a branch of that environment.',
    written: nothing,
    example: {
      expected: 'a branch of production (main)',
      found: 'branch test, which is mapped to sandbox',
      mend: 'leave the input environment out, or run on a branch that the environment names'
    }
  },
  ACCOUNT_MISMATCH: {
    look: '`aws sts get-caller-identity`, and `AWS_ROLE_ARN` of the GitHub environment.',
    fix: 'Assume a role of the account that the configuration names for this branch.',
    written: nothing,
    example: findingOf(accountVerdict(exampleEnvironment('production'), '111122223333'))
  },
  REGION_NOT_ALLOWED: {
    look: '`regions` of the environment in the configuration.',
    fix: 'Correct the input `regions`, or add the region to the environment.',
    written: nothing,
    example: findingOf(regionVerdicts(exampleEnvironment('sandbox'), ['eu-west-1'])[0])
  },
  BUCKET_OWNER_MISMATCH: {
    look: '`aws s3api get-bucket-location --bucket BUCKET --expected-bucket-owner ACCOUNT`.',
    fix: 'Create the bucket in the account and region of the environment, or correct `artifact-bucket`.',
    written: nothing,
    example: {
      expected: 'the bucket 111122223333-code-deployment in region eu-west-1',
      found: 'a bucket in another region',
      mend: 'give each region a bucket of its own, for example artifact-bucket: name-{region}'
    }
  },
  STALE_RUN: {
    look: '`git fetch && git log -1 origin/BRANCH`: is the commit of the run still on the branch, and is it the newest?',
    fix: 'Let the newer run stand. To go back, revert and push, or use [rollback](rollback.md).',
    written: 'Nothing of what it names. What another run deployed is not written over.',
    example: findingOf(
      staleVerdict({
        ...{ headCommit: '3d90b1e', branch: 'main', differing: ['da_flask'], everything: true },
        tip: { kind: 'newer', commit: 'fa44a12' }
      })
    )
  },
  NOT_PROMOTED: {
    look: '`gh api "repos/OWNER/NAME/deployments?task=layer-deploy&environment=sandbox"`, and `layer-deploy history LAYER`.',
    fix: 'Deploy the same commit to the other environment first. Pin requirements where the same source gives other content.',
    written: nothing,
    example: findingOf(
      promotedVerdict(
        'sandbox',
        'da_flask',
        { sourceDigest: '1f2e9c0', contentDigest: '5f1c02a9d7e4' },
        {
          ...{ kind: 'read', layer: null },
          searched: 'the newest 12 deployments of sandbox with the task layer-deploy'
        }
      )
    )
  },
  REQUIRED_CHECKS: {
    look: '`gh api repos/OWNER/NAME/commits/COMMIT/check-runs --jq ".check_runs[] | .name, .conclusion"`.',
    fix: 'Mend what the check found, or run it again. Give the job `checks: read` and `statuses: read`.',
    written: nothing,
    example: findingOf(
      checkVerdicts({ names: ['ci / status'], skipped: 'failure', waitMinutes: 10 }, 'fa44a12', {
        kind: 'read',
        findings: [{ name: 'ci / status', state: 'failed', outcome: 'failure' }]
      })[0]
    )
  },
  COVERAGE_BELOW_MINIMUM: {
    look: 'The report at the path that the line names.',
    fix: 'Test more, or lower `coverage.minimum`. Write the report in a step before the deploy.',
    written: nothing,
    example: findingOf(coverageVerdict('da_flask', { report: 'coverage/da_flask.xml', minimum: 24 }, null))
  },
  VERSION_NOT_FOUND: {
    look: '`layer-deploy history LAYER`.',
    fix: 'Name a version that is there and that this repository deployed.',
    written: nothing,
    example: {
      expected: 'version 7 of prod-da-flask-layer in us-east-2',
      found: 'no such version, version 5 deployed',
      mend: 'see the versions (aws lambda list-layer-versions --layer-name …) and name one of them'
    }
  },
  ARTIFACT_GONE: {
    look: '`aws s3api list-object-versions --bucket BUCKET --prefix layer-deploy/artifacts/LAYER-NAME/`.',
    fix: 'Restore the object, or go back to another version, or revert the source and push.',
    written: nothing,
    example: {
      expected: 'the content of version 3 of prod-da-flask-layer, SHA-256 9f2c0EXAMPLE',
      found: 'no such artifact in s3://444455556666-code-deployment, and a version that AWS Lambda does not give out',
      mend: 'roll back to another version, or revert and push'
    }
  },
  ARTIFACT_ALTERED: {
    look: '`aws s3api list-object-versions --bucket BUCKET --prefix KEY`, and who may write to the bucket.',
    fix: 'Find who wrote there, delete that object or restore an earlier version of it, and run again.',
    written: nothing,
    example: {
      expected:
        's3://111122223333-code-deployment/layer-deploy/artifacts/dev-da-flask-layer/5f1c.cdx.json as the action wrote it',
      found: 'another SHA-256',
      mend: 'find out who wrote there, and restore the object from an earlier version of the bucket'
    }
  },
  STACK_NOT_READY: {
    look: '`aws cloudformation describe-stack-events --stack-name STACK`.',
    fix: 'What the state needs: see [a stuck stack](runbook.md#a-stuck-stack).',
    written: nothing,
    example: notReady('prod-da-flask-layer', 'UPDATE_ROLLBACK_FAILED')
  },
  LAYER_NOT_OURS: {
    look: '`aws s3 cp s3://BUCKET/layer-deploy/state/LAYER-NAME.json -`: `repository` in it.',
    fix: 'Choose another `layer-name`, or [take the layer over](ownership.md#taking-over).',
    written: nothing,
    example: {
      expected: 'the layer dev-da-flask-layer in us-east-2 of acme/super',
      found: 'a layer of acme/other',
      mend: 'give the layer another layer-name, or write the new owner into s3://111122223333-code-deployment/layer-deploy/state/dev-da-flask-layer.json to hand it over (docs/ownership.md)'
    }
  },
  STACK_NOT_OURS: {
    look: '`aws cloudformation describe-stacks --stack-name STACK --query "Stacks[0].Tags"`.',
    fix: 'Choose another `stack-name`, or [adopt the stack](how-to/adopt-layers.md).',
    written: nothing,
    example: {
      expected: 'the stack prod-da-flask-layer of acme/super',
      found: 'a stack without the tag layer-deploy:repository',
      mend: 'give the layer another stack-name, or tag prod-da-flask-layer with layer-deploy:repository=acme/super to hand it over (docs/ownership.md)'
    }
  },
  TEMPLATE_DELETES_VERSIONS: {
    look: '`aws cloudformation get-template --stack-name STACK`: both policies of the layer version.',
    fix: 'Set `DeletionPolicy` and `UpdateReplacePolicy` to `Retain`, in the deployed template first.',
    written: 'No layer version. A change set may be left, which changes nothing.',
    example: {
      expected: 'every layer version of prod-da-flask-layer to be retained',
      found: 'Remove of LayerVersion with the policy Delete',
      mend: 'set DeletionPolicy and UpdateReplacePolicy of the layer version to Retain in the deployed template first'
    }
  },
  SOURCE_NOT_CHECKED_OUT: {
    look: '`git submodule status` and `git rev-parse HEAD`.',
    fix: 'Leave `submodules` at `auto`, or set `submodules: recursive` in actions/checkout; check out the commit of the event.',
    written: nothing,
    example: {
      expected: 'commit 3d90b1e in the submodule da_flask',
      found: 'a submodule that is not checked out at it',
      mend: 'set `submodules: auto` here, or `submodules: true` (`recursive` for a submodule inside another) in actions/checkout'
    }
  },
  SOURCE_DIRTY: {
    look: '`git status`, in the submodule too.',
    fix: 'Commit or stash what is changed, or add it to `.gitignore`.',
    written: nothing,
    example: findingOf(workingTreeVerdict(['da_flask/python/da_flask/__init__.py']))
  }
} satisfies Partial<Record<ErrorCode, ErrorHelp>>
