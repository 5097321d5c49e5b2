/** Which machines this program runs on. README says the same, and a test compares them. */
import { CodedError } from '../model/errors.js'

/** As Node names them: process groups, file modes and the build's tools are those of POSIX. */
export const supportedMachines: readonly (readonly [platform: string, architecture: string])[] = [
  ['linux', 'x64'],
  ['linux', 'arm64'],
  ['darwin', 'x64'],
  ['darwin', 'arm64']
]

/** `null`: it does. Asked before anything else, so that a half-way run is not what says it. */
export function unsupportedMachine(platform: string, architecture: string): CodedError | null {
  if (supportedMachines.some(([name, cpu]) => name === platform && cpu === architecture)) return null
  return new CodedError('RUNNER_NOT_SUPPORTED', {
    expected: 'a runner with Linux (x64 or arm64) or macOS',
    found: `${platform} ${architecture}`,
    mend: 'set runs-on: ubuntu-latest for the job (on a Windows machine run the command line in WSL)'
  })
}
