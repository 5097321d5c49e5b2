/** What holds for every installer, whatever the runner's settings. */
export const installerEnvironment = {
  PIP_PROGRESS_BAR: 'off',
  PIP_NO_COLOR: '1',
  PIP_ROOT_USER_ACTION: 'ignore',
  // A user-wide setting of either kind cannot be combined with a target folder.
  PIP_USER: '0',
  PIP_REQUIRE_VIRTUALENV: '0',
  // Where there is no cargo, maturin would download a compiler in the midst of a build: as long as that takes, and whichever is the newest.
  MATURIN_NO_INSTALL_RUST: '1'
} as const
