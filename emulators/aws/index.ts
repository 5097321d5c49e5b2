/** The emulated AWS: start it, point a client at it, look at what it was asked. Read `world.ts` first. */
import { cloudformationService } from './cloudformation/service.js'
import { iamService } from './iam/service.js'
import { lambdaService } from './lambda/service.js'
import { s3Service } from './s3/service.js'
import { startAwsServer, type AwsEmulator, type AwsEmulatorOptions } from './server.js'
import { stsService } from './sts.js'

export type { AwsEmulator, AwsEmulatorOptions } from './server.js'
export type { Call, FaultKind } from './calls.js'
export type { FaultRule } from './faults.js'

/** Listens on 127.0.0.1 (an ephemeral port unless one is given) until `close()`. */
export function startAwsEmulator(options: AwsEmulatorOptions): Promise<AwsEmulator> {
  return startAwsServer(options, [stsService, s3Service, lambdaService, cloudformationService, iamService])
}
