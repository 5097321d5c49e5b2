/** The inputs `ssh-key` and `ssh-known-hosts`, as OpenSSH wants them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Place } from './local-config.js'

/** Key and known hosts lie on disk, readable by this user alone, only as long as `work` runs. */
export async function withSshFiles<T>(
  { ssh, scratchDirectory }: Pick<Place, 'ssh' | 'scratchDirectory'>,
  work: (env: Readonly<Record<string, string>>) => Promise<T>
): Promise<T> {
  if (ssh === undefined) return await work({})
  const folder = await mkdtemp(join(scratchDirectory ?? tmpdir(), 'layer-deploy-ssh-'))
  try {
    const keyFile = join(folder, 'key')
    const hostsFile = join(folder, 'known_hosts')
    // A secret pasted in a browser often lost its last newline or gained carriage returns; OpenSSH refuses both.
    await writeFile(keyFile, `${ssh.key.replace(/\r/g, '').trim()}\n`, { mode: 0o600 })
    const options = ['IdentitiesOnly=yes', 'BatchMode=yes', 'StrictHostKeyChecking=yes', 'ConnectTimeout=20']
    if (ssh.knownHosts !== null) {
      await writeFile(hostsFile, `${ssh.knownHosts.replace(/\r/g, '').trim()}\n`, { mode: 0o600 })
      options.push(`UserKnownHostsFile="${hostsFile}"`)
    }
    const argv = ['ssh', '-i', keyFile, ...options.flatMap(option => ['-o', option])]
    return await work({ GIT_SSH_COMMAND: argv.map(quoted).join(' '), GIT_SSH_VARIANT: 'ssh' })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** git hands the command to a shell. */
function quoted(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`
}
