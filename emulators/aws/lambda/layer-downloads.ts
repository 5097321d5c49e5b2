/**
 * `Content.Location` of a layer version: a signed link that needs no credentials and is valid for ten minutes
 * (AWS Lambda API Reference, LayerVersionContentOutput).
 */
import { createHmac } from 'node:crypto'
import type { AwsResponse, LayerVersionRecord, World } from '../world.js'

const root = '/layer-downloads/'
const validSeconds = 600

/** @param endpoint `http://127.0.0.1:<port>` */
export function downloadLink(world: World, endpoint: string, record: LayerVersionRecord): string {
  const path = root + encodeURIComponent(record.arn)
  const date = String(world.now())
  return `${endpoint}${path}?X-Amz-Date=${date}&X-Amz-Expires=${validSeconds}&X-Amz-Signature=${sign(path, date)}`
}

/** `null`: the path is no such link. */
export function answerDownload(world: World, path: string, query: URLSearchParams): AwsResponse | null {
  if (!path.startsWith(root)) return null
  const date = query.get('X-Amz-Date') ?? ''
  const expired = world.now() > Number(date) + validSeconds * 1000
  if (expired || query.get('X-Amz-Signature') !== sign(path, date) || world.layerDownloads === 'refused') {
    const message = expired ? 'Request has expired' : 'Access Denied'
    return { status: 403, body: `<Error><Code>AccessDenied</Code><Message>${message}</Message></Error>` }
  }
  const record = recordOf(world, decodeURIComponent(path.slice(root.length)))
  if (record === undefined || record.deleted) return { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' }
  const body = world.layerDownloads === 'altered' ? Buffer.concat([record.zip, Buffer.from('x')]) : record.zip
  return { status: 200, headers: { 'content-type': 'application/zip' }, body }
}

function recordOf(world: World, arn: string): LayerVersionRecord | undefined {
  const [, , , region = '', accountId = '', , name = '', version = ''] = arn.split(':')
  return world
    .region(accountId, region)
    .layers.get(name)
    ?.versions.find(each => each.version === Number(version))
}

function sign(path: string, date: string): string {
  return createHmac('sha256', 'emulator').update(`${path} ${date}`).digest('hex')
}
