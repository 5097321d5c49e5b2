/** What is asked of the SDK's client: the bundle holds no more of it. */
export { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
