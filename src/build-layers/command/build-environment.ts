/** The variables of a build's commands: what makes them reproducible, and the few of the step that a build may see. */

/** The same for every command, so that what it writes does not depend on when and where it runs. */
const reproducible = {
  // 1980-01-01, the earliest time that a zip can hold: wheels are zips.
  SOURCE_DATE_EPOCH: '315532800',
  PYTHONHASHSEED: '0',
  PYTHONDONTWRITEBYTECODE: '1',
  TZ: 'UTC',
  LC_ALL: 'C.UTF-8'
}

/** Added to the environment of a command; `undefined` removes a variable. */
export const buildEnvironment: Readonly<Record<string, string | undefined>> = reproducible

/**
 * A build runs code of every package that it installs. Of the step's variables it gets what commands need to run at all, where the machine's tools and caches lie, what
 * installers and proxies are set up with, and what GitHub says of the commit; everything else only by name (`build.environment`).
 */
const ordinary = new Set([
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'TERM', 'HOSTNAME', 'LANG', 'LANGUAGE', 'NO_COLOR'],
  ...['CI', 'GITHUB_ACTIONS', 'GITHUB_WORKSPACE', 'GITHUB_SERVER_URL', 'GITHUB_REPOSITORY', 'GITHUB_SHA'],
  ...['GITHUB_REF', 'GITHUB_REF_NAME', 'RUNNER_OS', 'RUNNER_ARCH', 'RUNNER_TOOL_CACHE', 'AGENT_TOOLSDIRECTORY'],
  ...['CC', 'CXX', 'AR', 'CFLAGS', 'CPPFLAGS', 'CXXFLAGS', 'LDFLAGS', 'MAKEFLAGS', 'CMAKE_ARGS', 'CMAKE_PREFIX_PATH'],
  ...['PKG_CONFIG_PATH', 'LD_LIBRARY_PATH', 'LIBRARY_PATH', 'CPATH', 'RUSTFLAGS', 'CARGO_HOME', 'RUSTUP_HOME'],
  ...['RUSTUP_TOOLCHAIN', 'GOPATH', 'GOROOT', 'JAVA_HOME', 'NVM_DIR', 'VIRTUAL_ENV', 'CONDA_PREFIX'],
  ...['pythonLocation', 'Python_ROOT_DIR', 'Python2_ROOT_DIR', 'Python3_ROOT_DIR', 'PYENV_ROOT', 'PYENV_VERSION'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'GIT_SSL_CAINFO'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
  ...['POETRY_HOME', 'POETRY_CACHE_DIR', 'PIPENV_CACHE_DIR', 'PDM_CACHE_DIR', 'NETRC']
])

/** pip's and uv's settings, the credentials of an index among them: without these nothing can be installed from a private one. */
const installerSettings = /^(?:PIP|UV|XDG|LC)_/

/** Those of them with which something is published. */
const publishing = /^UV_PUBLISH_|^PIP_.*_PUBLISH/

/** Which variables of the step a command of a build sees, the `named` ones among them. */
export function visibleToBuild(named: readonly string[]): (name: string) => boolean {
  const more = new Set(named)
  return name => more.has(name) || ordinary.has(name) || (installerSettings.test(name) && !publishing.test(name))
}
