/** The variables of a build's commands: what makes them reproducible, and what is none of their business. */

/** The same for every command, so that what it writes does not depend on when and where it runs. */
const reproducible = {
  // 1980-01-01, the earliest time that a zip can hold: wheels are zips.
  SOURCE_DATE_EPOCH: '315532800',
  PYTHONHASHSEED: '0',
  PYTHONDONTWRITEBYTECODE: '1',
  TZ: 'UTC',
  LC_ALL: 'C.UTF-8'
}

/**
 * A build runs code of every package that it installs: it gets neither the keys to the account (AWS SDKs and Tools Reference Guide, "Settings reference") nor those to
 * the repository, nor the files through which a step steers the steps after it (GitHub Actions, "Workflow commands").
 */
export const withheldVariables = [
  'INPUT_GITHUB-TOKEN',
  'INPUT_SSH-KEY',
  'GITHUB_TOKEN',
  'GH_TOKEN',
  'GH_ENTERPRISE_TOKEN',
  'GITHUB_ENTERPRISE_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_URL',
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_RUNTIME_URL',
  'ACTIONS_RESULTS_URL',
  'ACTIONS_CACHE_URL',
  'GITHUB_ENV',
  'GITHUB_PATH',
  'GITHUB_OUTPUT',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CONFIG_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'
] as const

/** To be added to the environment of a command; `undefined` removes a variable. */
export const buildEnvironment: Readonly<Record<string, string | undefined>> = {
  ...reproducible,
  ...Object.fromEntries(withheldVariables.map(name => [name, undefined]))
}
