/** What CHANGELOG.md says of one version. */

/** @throws Error where the version has no section, or one without a word */
export function notesOf(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1)
  const section = sections.find(text => /^\[?([^\]\s]+)/.exec(text)?.[1] === version)
  if (section === undefined) throw new Error(`CHANGELOG.md has no section for ${version}`)
  const body = section.slice(section.indexOf('\n') + 1).trim()
  if (body === '') throw new Error(`the section for ${version} in CHANGELOG.md is empty`)
  return `${body}\n`
}

/** @throws Error where the tag is not v and the version of package.json */
export function versionOf(tag: string, manifest: { readonly version: string }): string {
  if (tag !== `v${manifest.version}`) throw new Error(`the tag is ${tag}, package.json says ${manifest.version}`)
  return manifest.version
}
