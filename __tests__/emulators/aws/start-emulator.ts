import { startAwsServer, type AwsEmulator, type AwsEmulatorOptions } from '../../../emulators/aws/server.js'
import { s3Service } from '../../../emulators/aws/s3/service.js'
import { stsService } from '../../../emulators/aws/sts.js'

export const sandbox = '111122223333'
export const production = '444455556666'
export const accounts = [
  { accountId: sandbox, accessKeyId: 'AKIASANDBOXEXAMPLE', secretAccessKey: 'sandbox-secret-EXAMPLE' },
  { accountId: production, accessKeyId: 'AKIAPRODEXAMPLE', secretAccessKey: 'production-secret-EXAMPLE' }
] as const
export const sandboxKeys = accounts[0]
export const region = 'us-east-2'

/** STS and S3 alone, one bucket per account, one bucket of the sandbox in another region, one shared bucket. */
export function startS3AndSts(options: Partial<AwsEmulatorOptions> = {}): Promise<AwsEmulator> {
  const buckets = [
    { name: 'sandbox-code', ownerAccountId: sandbox, region },
    { name: 'production-code', ownerAccountId: production, region },
    { name: 'shared-code', ownerAccountId: production, region, allowedAccountIds: [sandbox] },
    { name: 'far-code', ownerAccountId: sandbox, region: 'eu-west-1' }
  ]
  return startAwsServer({ accounts, buckets, ...options }, [stsService, s3Service])
}

/** What a client throws: name, message and status, as plain data. */
export async function failure(
  work: Promise<unknown>
): Promise<{ name: string; message: string; status: number | undefined }> {
  try {
    await work
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }
    return { name, message, status: $metadata?.httpStatusCode }
  }
  throw new Error('the call succeeded')
}
