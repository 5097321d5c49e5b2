/** A submodule's URL that is relative to the remote of the repository around it (git-submodule(1), "add"). */
import { CodedError } from '../../../model/errors.js'
import { redact } from '../command/redact.js'

/**
 * As git itself resolves it: each `../` takes the last part of the remote's URL away, a part of the path or what stands
 * behind the colon of `host:path`.
 * @throws CodedError GIT_FAILED where nothing is left to take away
 */
export function resolveRelativeUrl(remoteUrl: string, url: string): string {
  if (!/^\.\.?\//.test(url)) return url
  let base = remoteUrl.replace(/\/$/, '')
  let rest = url
  let separator = '/'
  for (;;) {
    if (rest.startsWith('./')) rest = rest.slice(2)
    else if (rest.startsWith('../')) {
      rest = rest.slice(3)
      const slash = base.lastIndexOf('/')
      const end = slash === -1 ? base.lastIndexOf(':') : slash
      // `https:/` is no part of a path.
      if (end <= 0 || /^[a-z][a-z0-9+.-]*:\/{0,2}$/i.test(base.slice(0, end + 1))) throw tooFar(remoteUrl, url)
      separator = slash === -1 ? ':' : '/'
      base = base.slice(0, end)
    } else break
  }
  return `${base}${separator}${rest}`.replace(/\/$/, '')
}

function tooFar(remoteUrl: string, url: string): CodedError {
  return new CodedError('GIT_FAILED', {
    expected: `a URL relative to ${redact(remoteUrl)}`,
    found: `${JSON.stringify(redact(url))}, which leads out of it`,
    mend: 'correct the url in .gitmodules'
  })
}
