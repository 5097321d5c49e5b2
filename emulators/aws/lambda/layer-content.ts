/** Where a layer's zip comes from, and what Lambda demands of it. */
import { declaredUnzippedBytes, readZip, ZipInvalid } from '../zip-check.js'
import { partitionOf } from '../world-state.js'
import type { World } from '../world.js'
import { AwsError, type Caller } from './aws-error.js'

export interface ContentInput {
  readonly ZipFile?: Buffer | undefined
  readonly S3Bucket?: string | undefined
  readonly S3Key?: string | undefined
  readonly S3ObjectVersion?: string | undefined
}

/** "Lambda quotas" in the AWS Lambda Developer Guide: 50 MB zipped in the request, 250 MB unzipped. */
const maximumZipBytes = 52_428_800
const maximumUnzippedBytes = 262_144_000
/** The largest request: the zip as base64 and the other members. */
export const maximumRequestBytes = 70_167_211

const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message)

/** The bytes of the zip, from the request or from S3, found to be a sound zip within the limits. */
export function layerContent(world: World, caller: Caller, content: ContentInput): Buffer {
  const zip = readContent(world, caller, content)
  if (zip.length === 0) throw invalid('Uploaded file must be a non-empty zip')
  try {
    if (declaredUnzippedBytes(zip) > maximumUnzippedBytes) {
      throw invalid(`Unzipped size must be smaller than ${maximumUnzippedBytes} bytes`)
    }
    if (readZip(zip).length === 0) throw invalid('Uploaded file must be a non-empty zip')
  } catch (thrown) {
    if (!(thrown instanceof ZipInvalid)) throw thrown
    // AWS stops after "formatted"; what is wrong with the zip is what a reader of the emulator's answer wants to know.
    const message = 'Could not unzip uploaded file. Please check that the file is properly formatted and try again.'
    throw invalid(`${message} (emulator: ${thrown.message})`)
  }
  return zip
}

export function requestTooLarge(): AwsError {
  const message = `Request must be smaller than ${maximumRequestBytes} bytes for the PublishLayerVersion operation`
  return new AwsError('RequestEntityTooLargeException', message, 413)
}

function readContent(world: World, caller: Caller, content: ContentInput): Buffer {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion } = content
  if (ZipFile !== undefined) {
    if (S3Bucket !== undefined || S3Key !== undefined || S3ObjectVersion !== undefined) {
      throw invalid('Please do not provide other FunctionCode parameters when providing a ZipFile.')
    }
    if (ZipFile.length > maximumZipBytes) throw requestTooLarge()
    return ZipFile
  }
  if (S3Bucket === undefined && S3Key === undefined) throw invalid('Please provide a source for function code.')
  if (S3Bucket === undefined) throw invalid('S3 Bucket is required to upload function code.')
  if (S3Key === undefined) throw invalid('S3 Key is required to upload function code.')
  // The emulated buckets keep one version of an object, so none can be asked for by its id.
  if (S3ObjectVersion !== undefined) throw s3Failure('NoSuchVersion', 'The specified version does not exist.')
  return readObject(world, caller, S3Bucket, S3Key)
}

/** GetObject in the caller's own name, as Lambda does it. */
function readObject(world: World, caller: Caller, bucketName: string, key: string): Buffer {
  const bucket = world.buckets.get(bucketName)
  if (bucket === undefined) throw s3Failure('NoSuchBucket', 'The specified bucket does not exist')
  if (bucket.region !== caller.region) {
    const hint = `The bucket is in this region: ${bucket.region}. Please use this region to retry the request`
    throw s3Failure('PermanentRedirect', hint)
  }
  const { accountId } = caller.principal
  const letIn = bucket.ownerAccountId === accountId || (bucket.allowedAccountIds ?? []).includes(accountId)
  const place = `${bucketName}/${key}`
  if (!letIn || !may(caller, 's3:GetObject', place)) throw denied(place)
  const object = bucket.objects.get(key)
  if (object !== undefined) {
    const keyId = object.encryption?.keyId
    // "Troubleshoot … KMS", Lambda Developer Guide: the archive is read with the caller's rights, its key is used with them, too.
    if (keyId !== undefined && caller.allows?.({ action: 'kms:Decrypt', resource: keyId, write: false }) === false) {
      throw deniedKey(caller, keyId)
    }
    return object.body
  }
  // Who may not list is not told that there is nothing: "GetObject" in the S3 API Reference.
  throw may(caller, 's3:ListBucket', bucketName)
    ? s3Failure('NoSuchKey', 'The specified key does not exist.')
    : denied(place)
}

function may(caller: Caller, action: string, path: string): boolean {
  return caller.allows?.({ action, resource: `arn:${partitionOf(caller.region)}:s3:::${path}`, write: false }) ?? true
}

function denied(place: string): AwsError {
  const hint = `please make sure your request credentials have permission to GetObject for ${place}`
  const message = `Your access has been denied by S3, ${hint}. S3 Error Code: AccessDenied. S3 Error Message: Access Denied`
  return new AwsError('AccessDeniedException', message, 403)
}

function deniedKey({ principal }: Caller, keyId: string): AwsError {
  const message = `Your access has been denied by S3, please make sure your request credentials have permission to GetObject. S3 Error Code: AccessDenied. S3 Error Message: User: ${principal.arn} is not authorized to perform: kms:Decrypt on resource: ${keyId} because no identity-based policy allows the kms:Decrypt action`
  return new AwsError('AccessDeniedException', message, 403)
}

function s3Failure(code: string, message: string): AwsError {
  return invalid(`Error occurred while GetObject. S3 Error Code: ${code}. S3 Error Message: ${message}`)
}
