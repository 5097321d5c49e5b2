/** What can go wrong around a run: its files, its credentials, its calls, its time. */
import type { ErrorCode } from '../../../src/model/errors.js'
import type { ErrorHelp } from './section.js'

const kept = 'What was done before it stays, and the next run completes it.'

export const failureErrors = {
  CONFIG_NOT_FOUND: {
    look: '`git show HEAD:.github/layer-deploy.yml`: the file must be committed on the branch that the run is of.',
    fix: 'Add the file (`layer-deploy init` writes one), or set the input `config` to its path.',
    written: 'Nothing.',
    example: {
      expected: 'a configuration at .github/layer-deploy.yml',
      found: 'no such file',
      mend: 'add the file, or set the input config to its path'
    }
  },
  CONFIG_INVALID: {
    look: 'The line and column that it names. `layer-deploy doctor` shows every problem at once.',
    fix: 'Write what the line expects; all keys are in [configuration.md](configuration.md).',
    written: 'Nothing.',
    example: null
  },
  EVENT_INVALID: {
    look: 'The `on:` of the workflow, and whether a step changes `GITHUB_EVENT_NAME` or `GITHUB_EVENT_PATH`.',
    fix: 'Start the action from a workflow on GitHub. In a terminal use `layer-deploy`.',
    written: 'Nothing.',
    example: {
      expected: 'the name of an event in GITHUB_EVENT_NAME',
      found: 'nothing',
      mend: 'run the action from a workflow on GitHub, or set GITHUB_EVENT_NAME and GITHUB_EVENT_PATH as the runner does'
    }
  },
  NO_CREDENTIALS: {
    look: '`aws sts get-caller-identity`, in a terminal with `--profile`. In a workflow: the step before this one.',
    fix: 'Add `aws-actions/configure-aws-credentials` with a role, renew the session (`aws sso login`), or replace an expired key.',
    written: `Nothing where the run began without them. ${kept}`,
    example: {
      expected: 'credentials that last until lambda:PublishLayerVersion on prod-da-flask-layer',
      found: 'credentials that expired (ExpiredTokenException)',
      mend: 'run again, what was done already is found and kept; raise role-duration-seconds of aws-actions/configure-aws-credentials where this returns'
    }
  },
  PROFILE_NOT_FOUND: {
    look: '`aws configure list-profiles`.',
    fix: 'Correct `--profile`, or add the profile with `aws configure --profile NAME`.',
    written: 'Nothing.',
    example: {
      expected: 'the profile github-deploi in ~/.aws/config or ~/.aws/credentials',
      found: 'the profiles github-deploy',
      mend: 'write --profile github-deploy, or add github-deploi'
    }
  },
  ACCESS_DENIED: {
    look: '`layer-deploy iam-policy --check` compares the roles of the account with what the configuration needs.',
    fix: 'Give the role the action that the line names, or bring the roles up to date with `layer-deploy iam-policy --output iam`.',
    written: `Nothing more of the layer that met it. ${kept}`,
    example: {
      expected:
        'permission for s3:PutObject on arn:aws:s3:::111122223333-code-deployment/layer-deploy/artifacts/dev-da-flask-layer/9f2c.zip',
      found: 'Access Denied',
      mend: 'allow s3:PutObject to the role that the workflow assumes'
    }
  },
  AWS_FAILED: {
    look: "The words of AWS in the line. AWS's own state: <https://health.aws.amazon.com>.",
    fix: 'Run again. Where AWS names a quota, raise it or lower `concurrency`.',
    written: kept,
    example: {
      expected: 'lambda:PublishLayerVersion on dev-da-flask-layer to succeed',
      found: 'TooManyRequestsException: Rate exceeded',
      mend: 'run again; what was done already is found and kept'
    }
  },
  GIT_FAILED: {
    look: 'The command and the answer in the line. `git ls-remote origin` asks the same remote.',
    fix: 'Check the repository out with actions/checkout; give private submodules a key or a token ([how](how-to/private-submodules.md)).',
    written: kept,
    example: {
      expected: 'a remote origin that tells where the branch main stands',
      found: 'no such remote',
      mend: 'check the repository out with actions/checkout, or add the remote: git remote add origin URL'
    }
  },
  BUILD_FAILED: {
    look: 'The log above the line: all that the installer or the command printed. `layer-deploy plan --preview LAYER` builds it alone.',
    fix: 'Mend the build, and push.',
    written: 'Nothing of this layer. Other layers go on.',
    example: {
      expected: 'build.command of layer da_flask to exit with 0',
      found: 'exit code 2: make: *** No rule to make target "layer"',
      mend: 'correct the command, or install what it needs before this action'
    }
  },
  NOT_DEPLOYED: {
    look: 'The deploy jobs of the same run: which failed, was cancelled or never started?',
    fix: 'Run those jobs again, then the one with `command: report`. For `rollout`: deploy the layer first.',
    written: 'Nothing by this command.',
    example: {
      expected: 'every selected layer to run what 3d90b1e wants in sandbox',
      found: 'other content, or none, in da_flask (us-east-2)',
      mend: 'look at the deploy jobs of this run that failed, were cancelled or never started, and re-run them and this job'
    }
  },
  PUBLISH_UNVERIFIED: {
    look: '`aws lambda get-layer-version` for the version, and the object in the bucket. Who else writes there?',
    fix: 'Find who changes the stack, the state file or the bucket beside this action. Then run again.',
    written: 'A version may be there. Its ARN is given to nobody.',
    example: {
      expected:
        'the state of dev-da-flask-layer in s3://111122223333-code-deployment/layer-deploy/state/dev-da-flask-layer.json',
      found: 'text that is no JSON',
      mend: 'restore the file from an earlier object version, or delete it to start from the published versions'
    }
  },
  DEADLINE_EXCEEDED: {
    look: 'The last lines of the log: after ten seconds a run says what it waits for.',
    fix: 'Run again. Raise `timeout-minutes` where the work is simply long.',
    written: kept,
    example: {
      expected: 'the step to end within 20 minutes, 30 s of them for its report',
      found: 'work that is not done',
      mend: 'run again, what is done is kept; or raise the input timeout-minutes'
    }
  },
  FILE_EXISTS: {
    look: '`layer-deploy init --diff` shows what would differ.',
    fix: 'Edit the file by hand, or move it away and run again. For `iam-policy`: name another folder.',
    written: 'Nothing; the file is as it was.',
    example: {
      expected: 'no file at .github/layer-deploy.yml',
      found: 'one, left alone; nothing was written',
      mend: 'see what init would write with --diff, and edit the file by hand, or move it away and run init again'
    }
  },
  CANCELLED: {
    look: 'Who or what cancelled: the page of the run, `cancel-in-progress` of the workflow.',
    fix: 'Run the job again. A job that deploys should have no `cancel-in-progress`.',
    written: kept,
    example: {
      expected: 'build.command of layer da_flask to finish',
      found: 'the run was cancelled',
      mend: 'run the job again'
    }
  },
  RUNNER_NOT_SUPPORTED: {
    look: '`runs-on` of the job.',
    fix: 'Use `ubuntu-latest`, another Linux (x64, arm64) or macOS. On Windows run the command line in WSL.',
    written: 'Nothing.',
    example: {
      expected: 'a runner with Linux (x64 or arm64) or macOS',
      found: 'win32 x64',
      mend: 'set runs-on: ubuntu-latest for the job (on a Windows machine run the command line in WSL)'
    }
  },
  RUNNER_FAILED: {
    look: '`df -h` on the runner, and steps that write to `$GITHUB_OUTPUT` or `$GITHUB_STATE`.',
    fix: 'Free disk space, and run again.',
    written:
      'Nothing where it is `GITHUB_STATE`. Where it is `GITHUB_OUTPUT`, the deploy is done and other jobs cannot see it.',
    example: {
      expected: 'the file that the runner names in GITHUB_OUTPUT to take what is written',
      found: 'ENOSPC',
      mend: 'see that the runner has disk space left and that no step changes its files, and run again'
    }
  },
  INTERNAL: {
    look: 'Run again with step debugging on (in a terminal `RUNNER_DEBUG=1`): it shows the stack trace.',
    fix: 'Report it with the stack trace, the configuration and the version.',
    written: kept,
    example: {
      expected: 'no unforeseen error',
      found: 'TypeError: fetch failed',
      mend: 'run again with step debugging on and report the stack trace'
    }
  }
} satisfies Partial<Record<ErrorCode, ErrorHelp>>
