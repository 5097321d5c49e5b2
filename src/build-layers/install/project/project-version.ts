/** The version of a project that asks git for it: there is no git where it is built. */
import type { SourceRevision } from '../../build-request.js'

/** Tools that take the version from tags, by their name in pyproject.toml, setup.cfg or setup.py. */
const versionTools =
  /setuptools[-_]scm|hatch-vcs|versioningit|\bpbr\b|poetry-dynamic-versioning|uv-dynamic-versioning|setuptools-git-versioning|\bsource\s*=\s*["']scm["']/

export function asksGitForVersion(texts: readonly string[]): boolean {
  return texts.some(text => versionTools.test(text))
}

/**
 * The version of a commit: its own tag's, else `0.0.0+g<commit>`. Never counted from an older tag: how far that is a shallow clone does not know, and the same commit
 * must give the same version everywhere. Of several tags the highest version.
 */
export async function versionOf({ objectId, tags }: SourceRevision): Promise<string> {
  const versions = (await tags()).flatMap(tag => versionInTag(tag) ?? []).sort(byNumbers)
  return versions.at(-1) ?? `0.0.0+g${objectId.slice(0, 12)}`
}

/** `v1.2.3`, `release-1.2`, `da_flask-2.0rc1` → what stands after the name (PEP 440, without epochs and local versions). */
export function versionInTag(tag: string): string | null {
  return /(?:^|[-_/])v?(\d+(?:\.\d+)*(?:[-_.]?(?:a|b|rc|alpha|beta|post|dev)[-_.]?\d*)?)$/i.exec(tag)?.[1] ?? null
}

function byNumbers(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

/** What each tool takes instead of asking git. `name`: of the project, where it is known. */
export function versionEnvironment(version: string, name: string | null): Readonly<Record<string, string>> {
  const own = name === null ? '' : `_FOR_${name.toUpperCase().replace(/[-_.]+/g, '_')}`
  return {
    [`SETUPTOOLS_SCM_PRETEND_VERSION${own}`]: version,
    // hatch-vcs does not say whose version it asks for.
    SETUPTOOLS_SCM_PRETEND_VERSION: version,
    PBR_VERSION: version,
    POETRY_DYNAMIC_VERSIONING_BYPASS: version,
    UV_DYNAMIC_VERSIONING_BYPASS: version,
    PDM_BUILD_SCM_VERSION: version
  }
}

/** For tools without such a variable (versioningit, setuptools-git-versioning): the metadata that a source distribution has instead of git. */
export function packageInfo(version: string, name: string | null): string {
  return `Metadata-Version: 2.1\nName: ${name ?? 'unknown'}\nVersion: ${version}\n`
}
