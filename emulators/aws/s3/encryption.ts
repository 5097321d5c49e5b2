/** How an object is encrypted at rest, and which key of AWS KMS that needs. Source: "Specifying server-side encryption with AWS KMS", S3 User Guide. */
import type { AwsRequest, Bucket, Encryption, Operation } from '../world.js'
import type { Headers } from './checksums.js'
import { invalidArgument, S3Error } from './s3-error.js'

const algorithmHeader = 'x-amz-server-side-encryption'
const keyHeader = 'x-amz-server-side-encryption-aws-kms-key-id'

/** What the request asks for; `null`: nothing. Throws for an algorithm that S3 does not know, or a key that is no KMS key. */
export function requestedEncryption(headers: Headers): Encryption | null {
  const { [algorithmHeader]: algorithm, [keyHeader]: keyId } = headers
  if (algorithm === undefined && keyId === undefined) return null
  if (algorithm === 'AES256' && keyId === undefined) return { algorithm }
  if (algorithm === 'aws:kms') return { algorithm, ...(keyId !== undefined && { keyId }) }
  const message = 'The encryption method specified is not supported'
  throw new S3Error(400, 'InvalidEncryptionAlgorithmError', message)
}

/** The parts of an upload bear no header of their own: what the upload was begun with counts. */
export function encryptionContext(request: AwsRequest, bucket: Bucket | undefined): NonNullable<Operation['context']> {
  const begun = bucket?.uploads?.get(request.query.get('uploadId') ?? '')
  const { [algorithmHeader]: algorithm, [keyHeader]: keyId } = request.headers
  return {
    's3:x-amz-server-side-encryption': begun?.encryption?.algorithm ?? algorithm ?? null,
    's3:x-amz-server-side-encryption-aws-kms-key-id': begun?.encryption?.keyId ?? keyId ?? null
  }
}

/** Throws AccessDenied where the caller may not use the key; a key that is not named by its ARN is S3's own, which everybody may. */
export function useKey(request: AwsRequest, encryption: Encryption | undefined, ...actions: readonly string[]): void {
  const keyId = encryption?.keyId
  if (keyId === undefined) return
  if (!/^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/.test(keyId))
    throw invalidArgument('Invalid KMS key', keyHeader, keyId)
  for (const action of actions) {
    if (request.allows?.({ action, resource: keyId, write: false }) !== false) continue
    const { arn } = request.principal
    const message = `User: ${arn} is not authorized to perform: ${action} on resource: ${keyId} because no identity-based policy allows the ${action} action`
    throw new S3Error(403, 'AccessDenied', message)
  }
}

export function encryptionHeaders({ algorithm, keyId }: Encryption): Record<string, string> {
  return { [algorithmHeader]: algorithm, ...(keyId !== undefined && { [keyHeader]: keyId }) }
}

/** Every bucket encrypts with S3's own keys where it is told nothing else. */
export function appliedEncryption(asked: Encryption | null, { settings }: Bucket): Encryption {
  return asked ?? { algorithm: settings?.encryption === 'aws:kms' ? 'aws:kms' : 'AES256' }
}
