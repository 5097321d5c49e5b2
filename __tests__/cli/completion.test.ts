import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { assertProfile, profileNames } from '../../src/adapters/aws/credentials.js'
import { completionScript, shells } from '../../src/cli/commands/setup/completion.js'

it('the bash script hands the words on and offers what comes back, line by line', () => {
  const shell = [
    'program() { printf "%s\\n" "$@" >&3; printf "a b\\nc\\n"; }',
    completionScript('bash', 'program').replace(/^# .*$/m, ''),
    'COMP_WORDS=(program deploy --environment "sand"); COMP_CWORD=3; _layer_deploy',
    'printf "[%s]" "${COMPREPLY[@]}"'
  ].join('\n')
  const output = execFileSync('bash', ['-c', `exec 3>&1; ${shell}`], { encoding: 'utf8' })
  expect(output).toBe('complete\n--\ndeploy\n--environment\nsand\n[a b][c]')
})

it('each script names the program and only asks it', () => {
  for (const shell of shells) expect(completionScript(shell, 'layer-deploy')).toContain(' complete -- ')
})

it('reads profile names of both files, and says which there are where one is missing', async () => {
  const home = await mkdtemp(join(tmpdir(), 'profiles-'))
  const environment = { AWS_CONFIG_FILE: join(home, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials') }
  expect(profileNames(environment)).toEqual([])
  expect(() => {
    assertProfile('a', environment)
  }).toThrow(/^PROFILE_NOT_FOUND: .*found no profile at all\. To fix: add it/)
  await writeFile(
    environment.AWS_CONFIG_FILE,
    '[default]\nregion = x\n[profile "with space"]\n[sso-session s]\n  [profile a] # x\n'
  )
  await writeFile(environment.AWS_SHARED_CREDENTIALS_FILE, '[github-deploy]\r\naws_access_key_id = x\r\n')
  expect(profileNames(environment)).toEqual(['a', 'default', 'github-deploy', 'with space'])
  expect(() => {
    assertProfile('github-deplyo', environment)
  }).toThrow(/To fix: write --profile github-deploy/)
  await rm(home, { recursive: true })
})
