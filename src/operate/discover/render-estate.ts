/** The estate as Markdown with a picture, and as a page that stands alone. */
import { inlineCode, markdownText } from '../../redaction/escape.js'
import type { BucketGrant } from './bucket-access.js'
import {
  outdatedUsers,
  userText,
  type Estate,
  type EstateLayer,
  type EstatePlace,
  type EstateVersion
} from './estate.js'

/** A picture of more nodes than this helps nobody. */
const mostPictured = 60
/** `--json` has them all. */
const mostGrants = 50

export function estateMarkdown(estate: Estate): string {
  const moves = outdatedUsers(estate).map(
    ({ layer, version, current, user }) =>
      `- ${inlineCode(userText(user))} is on version ${version} of ${inlineCode(layer.name)}; version ${current} is current`
  )
  const unread = estate.unread.map(({ environment, why }) => `- ${inlineCode(environment)}: ${markdownText(why, 300)}`)
  const blocks = [
    '## Lambda layers',
    ...estate.places.map(placeMarkdown),
    moves.length === 0 ? 'No function is on an old version.' : `### Who must move\n\n${moves.join('\n')}`,
    unread.length === 0 ? '' : `### Not read\n\n${unread.join('\n')}`
  ]
  return `${blocks.filter(block => block !== '').join('\n\n')}\n`
}

function placeMarkdown(place: EstatePlace): string {
  const title = `### ${inlineCode(place.environment)}: account ${place.accountId}, ${place.region}, bucket ${inlineCode(place.bucket)}`
  const rows = place.layers.flatMap(layer =>
    layer.versions.map(({ version, codeSha256, contentDigest, users, sharedWith }) => {
      const mark = version === layer.deployedVersion ? `**${version}** (deployed)` : String(version)
      const digests = `${inlineCode(codeSha256.slice(0, 12))} ${contentDigest === null ? '' : inlineCode(contentDigest.slice(0, 12))}`
      const used = users.map(user => inlineCode(userText(user))).join(', ')
      const kept = layer.stack === null ? '–' : inlineCode(layer.stack)
      return `| ${inlineCode(layer.name)} | ${mark} | ${digests} | ${kept} | ${used === '' ? '–' : used} | ${sharedMarkdown(sharedWith)} |`
    })
  )
  const table = [
    '| Layer | Version | SHA-256, content | Stack | Used by | Shared with |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows
  ]
  const foreign = place.layers.filter(({ adopt }) => adopt !== null)
  return [
    title,
    ...accessMarkdown(place),
    rows.length === 0 ? 'No layer.' : table.join('\n'),
    picture(place),
    foreign.length === 0 ? '' : `Not in the configuration:\n\n${foreign.map(adoptMarkdown).join('\n\n')}`
  ]
    .filter(block => block !== '')
    .join('\n\n')
}

/** Whom the run is, and what the bucket lets others do. */
function accessMarkdown({ principal, bucketGrants, accountId }: EstatePlace): readonly string[] {
  return [
    ...(principal === undefined ? [] : [`Read as ${inlineCode(principal, 300)}.`]),
    ...(bucketGrants === undefined ? [] : [grantsMarkdown(bucketGrants, accountId)])
  ]
}

function grantsMarkdown(grants: readonly BucketGrant[] | null, accountId: string): string {
  const said = grantsSummary(grants, accountId)
  const lines = (grants ?? []).slice(0, mostGrants).map(grant => {
    const { who, actions, keys, conditions } = grantTexts(grant)
    const only =
      conditions.length === 0 ? '' : `, only where ${conditions.map(each => inlineCode(each)).join(', ')} holds`
    return `- ${inlineCode(who, 300)}: ${actions.map(each => inlineCode(each, 300)).join(', ')} on ${inlineCode(keys, 300)}${only}`
  })
  const left = (grants ?? []).length - lines.length
  return [said, ...(lines.length === 0 ? [] : ['', ...lines]), ...(left > 0 ? [`- and ${left} more`] : [])].join('\n')
}

function grantsSummary(grants: readonly BucketGrant[] | null, accountId: string): string {
  if (grants === null) return 'What the bucket lets others do is not known.'
  return grants.length === 0
    ? `The policy of the bucket lets nobody in but account ${accountId}.`
    : 'The policy of the bucket lets others in:'
}

function grantTexts({ principal, actions, keys, conditions }: BucketGrant) {
  const where = keys.length === 0 ? 'the bucket itself' : keys.join(', ')
  return { who: principal, actions: actions.length === 0 ? ['nothing'] : actions, keys: where, conditions }
}

function sharedMarkdown(sharedWith: EstateVersion['sharedWith']): string {
  if (sharedWith === undefined) return '–'
  if (sharedWith === null) return 'not known'
  return sharedWith.length === 0 ? '–' : sharedWith.map(each => inlineCode(each, 300)).join(', ')
}

function adoptMarkdown({ name, adopt }: EstateLayer): string {
  return `${inlineCode(name)}:\n\n\`\`\`yaml\n${adopt ?? ''}\n\`\`\``
}

/** Layers, the versions in use or deployed, and the functions on them. */
function picture({ layers }: EstatePlace): string {
  const lines: string[] = []
  layers.forEach((layer, index) => {
    for (const { version, users } of layer.versions) {
      if (users.length === 0 && version !== layer.deployedVersion) continue
      const node = `l${index}v${version}`
      const state = version === layer.deployedVersion ? ', deployed' : ''
      lines.push(`  ${node}["${label(layer.name)} ${version}${state}"]`)
      for (const user of users) lines.push(`  ${node} --> f_${idOf(userText(user))}(["${label(userText(user))}"])`)
    }
  })
  if (lines.length === 0) return ''
  const shown = lines.slice(0, mostPictured)
  const left = lines.length - shown.length
  const rest = left === 0 ? '' : `\n\n*${left} more are not pictured.*`
  return `\`\`\`mermaid\nflowchart LR\n${shown.join('\n')}\n\`\`\`${rest}`
}

/** Names of layers and functions have letters, digits, `-`, `_`; an alias no others. What else stands there is left out. */
function label(text: string): string {
  return text.replace(/[^\w .,:()$-]/g, '')
}

function idOf(text: string): string {
  return Array.from(text, letter => (/\w/.test(letter) ? letter : letter.charCodeAt(0).toString(16))).join('')
}

/** @param readAt milliseconds since 1970 */
export function estatePage(estate: Estate, readAt: number): string {
  const places = estate.places.map(
    place =>
      `<h2>${escapeHtml(place.environment)} <small>${place.accountId} · ${place.region} · ${escapeHtml(place.bucket)}</small></h2>${accessHtml(place)}${table(place)}`
  )
  const moves = outdatedUsers(estate).map(
    ({ layer, version, current, user }) =>
      `<li><b>${escapeHtml(userText(user))}</b>: ${escapeHtml(layer.name)} ${version} → ${current}</li>`
  )
  const unread = estate.unread.map(({ environment, why }) => `<li>${escapeHtml(environment)}: ${escapeHtml(why)}</li>`)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Lambda layers</title>
<style>body{font:16px/1.5 system-ui;margin:1rem auto;padding:0 1rem;max-width:75rem}.scroll{overflow-x:auto}h1,h2,li{overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}
td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}small{font-weight:400;color:#666}
.deployed{background:#e6f4ea}.old{background:#fdecea}code{font-size:.85em}
@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}.deployed{background:#143}.old{background:#511}}</style></head><body>
<h1>Lambda layers</h1>
<p>As read on ${timeElement(readAt)}.</p>
${places.join('\n')}
<h2>Who must move</h2>${moves.length === 0 ? '<p>Nobody.</p>' : `<ul>${moves.join('')}</ul>`}
${unread.length === 0 ? '' : `<h2>Not read</h2><ul>${unread.join('')}</ul>`}
</body></html>
`
}

function accessHtml({ principal, bucketGrants, accountId }: EstatePlace): string {
  const read = principal === undefined ? '' : `<p>Read as <code>${escapeHtml(principal)}</code>.</p>`
  if (bucketGrants === undefined) return read
  const lines = (bucketGrants ?? []).map(grant => {
    const { who, actions, keys, conditions } = grantTexts(grant)
    const only = conditions.length === 0 ? '' : `, only where ${conditions.join(', ')} holds`
    return `<li><b>${escapeHtml(who)}</b>: ${escapeHtml(`${actions.join(', ')} on ${keys}${only}`)}</li>`
  })
  const list = lines.length === 0 ? '' : `<ul>${lines.join('')}</ul>`
  return `${read}<p>${escapeHtml(grantsSummary(bucketGrants, accountId))}</p>${list}`
}

function table({ layers }: EstatePlace): string {
  const rows = layers.flatMap(layer =>
    layer.versions.map(({ version, codeSha256, createdAt, users, sharedWith }) => {
      const deployed = version === layer.deployedVersion
      const state = deployed
        ? 'deployed'
        : users.length > 0 && version < (layer.deployedVersion ?? version)
          ? 'old'
          : ''
      const cells = [
        layer.name + (layer.layerId === null ? ' (not configured)' : ''),
        `${version}${state === 'old' ? ' (old, in use)' : deployed ? ' (deployed)' : ''}`,
        createdAt.slice(0, 10),
        codeSha256.slice(0, 16),
        layer.stack ?? '',
        users.map(userText).join(', '),
        sharedWith === null ? 'not known' : (sharedWith ?? []).join(', ')
      ]
      return `<tr class="${state}">${cells.map(cell => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`
    })
  )
  return `<div class="scroll"><table><tr><th>Layer<th>Version<th>Published<th>SHA-256<th>Stack<th>Used by<th>Shared with</tr>${rows.join('\n')}</table></div>`
}

function timeElement(milliseconds: number): string {
  const time = new Date(milliseconds).toISOString()
  return `<time datetime="${time}">${time.slice(0, 10)} ${time.slice(11, 16)} UTC</time>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`)
}
