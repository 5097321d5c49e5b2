/** Variables of everything that is installed or compiled: whatever the runner's settings, and the same bytes twice. */
import { platform } from 'node:os'
import { gatheringPlace } from '../command/isolation/enter.js'
import type { MachineEnvironment } from '../command/run-command.js'

/**
 * What makes compilers write the same bytes twice: installers unpack what they compile into folders with random names. No debug information, which holds those names; paths in messages without the place; no id of the build.
 * Added to what the machine sets.
 */
export function compilerEnvironment(machine: MachineEnvironment): Readonly<Record<string, string>> {
  const flags = [
    '-O2',
    '-g0',
    `-ffile-prefix-map=${gatheringPlace}=/layer`,
    `-fdebug-prefix-map=${gatheringPlace}=/layer`
  ]
  const with_ = (name: string, more: readonly string[]): Record<string, string> => ({
    [name]: [machine[name] ?? '', ...more].filter(Boolean).join(' ')
  })
  return {
    ...with_('CFLAGS', flags),
    ...with_('CXXFLAGS', flags),
    // Only the linkers of Linux know it.
    ...(platform() === 'linux' ? with_('LDFLAGS', ['-Wl,--build-id=none']) : {}),
    // A file in a zip of its own, `ar`, holds times and owners otherwise.
    ZERO_AR_DATE: '1'
  }
}

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
