/** What makes compilers write the same bytes twice: installers unpack what they compile into folders with random names. */
import { platform } from 'node:os'
import { gatheringPlace } from '../../isolation/enter.js'
import type { MachineEnvironment } from '../python/machine-environment.js'

/** No debug information, which holds those names; paths in messages without the place; no id of the build. Added to what the machine sets. */
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
