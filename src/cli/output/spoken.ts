/** Errors in the words of the command line: what the action says to who reads a workflow's log, a person at a terminal cannot do. Pure. */
import { CodedError, errorLine, type Finding } from '../../model/errors.js'
import type { RunResult, Verdict } from '../../model/index.js'

export interface Speaker {
  /** The profile that an environment is read with; `null`: none is named. */
  readonly profileOf: (environment: string) => string | null
}

export function spokenResult(result: RunResult, speaker: Speaker): RunResult {
  const profile = speaker.profileOf(result.environment?.name ?? '')
  const error = (each: CodedError): CodedError => spokenError(each, profile)
  const verdict = (each: Verdict): Verdict =>
    each.passed === true ? each : { ...each, finding: spokenFinding(each.guard, each.finding, profile) }
  const headline = result.errors.find(({ message }) => message === result.headline)
  return {
    ...result,
    headline: headline === undefined ? result.headline : error(headline).message,
    errors: result.errors.map(error),
    warnings: result.warnings.map(spokenText),
    verdicts: result.verdicts.map(verdict),
    layers: result.layers.map(row => (row.error === null ? row : { ...row, error: error(row.error) }))
  }
}

export function spokenError(error: CodedError, profile: string | null): CodedError {
  const finding = spokenFinding(error.code, error.finding, profile)
  if (errorLine(error.code, finding) === errorLine(error.code, error.finding)) return error
  return new CodedError(error.code, finding, { cause: error.cause, location: error.location })
}

function spokenFinding(code: CodedError['code'], finding: Finding, profile: string | null): Finding {
  const { expected, found, mend } = finding
  // At a terminal the list of the places that were looked in helps nobody.
  if (code === 'NO_CREDENTIALS') {
    const short = found === 'none of them' ? 'none' : spokenText(found)
    return { expected: 'AWS credentials', found: short, mend: mendHere(code, found, mend, profile) }
  }
  return { expected: spokenText(expected), found: spokenText(found), mend: mendHere(code, found, mend, profile) }
}

function mendHere(code: CodedError['code'], found: string, mend: string, profile: string | null): string {
  const withProfile = profile === null ? '' : ` --profile ${profile}`
  switch (code) {
    case 'CONFIG_NOT_FOUND':
      return 'write one with layer-deploy init, or pass its path with --config'
    case 'NO_CREDENTIALS':
      if (/\bSSO\b|sso login|single sign-on/i.test(found))
        return `run aws sso login${withProfile}, then this command again`
      if (/expired/i.test(found)) {
        const renew = `renew them (aws sso login${withProfile} where the profile uses single sign-on), then run this command again`
        return `${renew}: what was done already is found and kept`
      }
      return mend.includes('aws-actions/')
        ? 'pass --profile with a profile of ~/.aws (aws configure list-profiles names them), or set AWS_PROFILE'
        : mend
    default:
      return spokenText(mend)
  }
}

/** Inputs are options here, and who runs it is no workflow. */
export function spokenText(text: string): string {
  return text
    .replace(/ in the input layers\b/g, '')
    .replace(/\bthe input layers\b/g, 'the layers (the words behind the command)')
    .replace(/\bthe inputs? ([a-z][a-z-]*)/g, 'the option --$1')
    .replace(/\bthe role that the workflow assumes\b/g, 'the role or user of the credentials')
    .replace(/\bunder permissions in the workflow\b/g, 'to the token in GITHUB_TOKEN')
    .replace(
      /\bassume a role of account (\d+) in the workflow when it runs for the branch \S+/g,
      'use a profile of account $1 (--profile)'
    )
    .replace(/\brun the workflow again\b/g, 'run the command again')
    .replace(/\bstep debugging on\b/g, 'RUNNER_DEBUG=1 set')
}
