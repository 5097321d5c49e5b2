/** Where the content of an own template's layer lies: a local path, as `aws cloudformation package` and SAM read it. Pure. */
import type { CodedError } from '../../model/errors.js'
import type { Layer } from '../../model/index.js'
import type { LayerResource } from './layer-resource.js'
import { isObject, type Json } from './json-value.js'
import type { TemplateDocument } from './template-document.js'

/**
 * @returns relative to the layer's path; empty: the layer's folder itself
 * @throws CodedError CONFIG_INVALID for anything but a folder at or below the layer's path
 */
export function contentFolder(
  document: TemplateDocument,
  { logicalId, isSam, properties }: LayerResource,
  { path }: Pick<Layer, 'path'>
): string {
  const key = isSam ? 'ContentUri' : 'Content'
  const content = properties[key]
  if (isArtifact(content, isSam)) return ''
  const refuse = (found: string): CodedError =>
    document.error(['Resources', logicalId, 'Properties', key], {
      expected: `${key} of ${logicalId} to name a folder at or below ${path}, relative to the template`,
      found,
      mend: `write the path of the layer's folder, as seen from ${document.file}; it is built and packed by this action`
    })
  if (typeof content !== 'string') throw refuse(content === undefined ? 'none' : 'something else than a path')
  if (content.startsWith('/') || content.includes('://') || content.includes('\\'))
    throw refuse(JSON.stringify(content))
  const folder = resolved([...document.file.split('/').slice(0, -1), ...content.split('/')])
  if (folder === path) return ''
  if (folder?.startsWith(`${path}/`) !== true) throw refuse(JSON.stringify(content))
  return folder.slice(path.length + 1)
}

/** Where the template itself names the parameters that the deploy sets. */
function isArtifact(content: Json | undefined, isSam: boolean): boolean {
  if (!isObject(content) || Object.keys(content).length !== 2) return false
  const [bucket, key] = isSam ? [content['Bucket'], content['Key']] : [content['S3Bucket'], content['S3Key']]
  return isObject(bucket) && bucket['Ref'] === 'ArtifactBucket' && isObject(key) && key['Ref'] === 'ArtifactKey'
}

/** `null`: it leaves the superproject. */
function resolved(parts: readonly string[]): string | null {
  const path: string[] = []
  for (const part of parts) {
    if (part === '' || part === '.') continue
    if (part !== '..') path.push(part)
    else if (path.pop() === undefined) return null
  }
  return path.join('/')
}
