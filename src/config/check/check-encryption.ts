/** A key of AWS KMS serves one region: that of the bucket whose objects it encrypts. */
import type { ConfigProblem } from './config-problem.js'
import { partitionOf } from '../../model/naming/regions.js'
import type { RawEnvironment } from '../schema/schema.js'

export function checkEncryption([name, environment]: readonly [
  name: string,
  environment: RawEnvironment
]): ConfigProblem[] {
  const { encryption, regions } = environment
  if (encryption === undefined || encryption === 'aes256') return []
  const [, partition = '', , keyRegion = ''] = encryption['kms-key'].split(':')
  const path = ['environments', name, 'encryption', 'kms-key']
  const other = regions.find(region => region !== keyRegion)
  if (keyRegion !== '{region}' && other !== undefined) {
    const finding = {
      expected: `a key in ${other}, where its bucket lies: S3 uses no key of another region`,
      found: `one in ${keyRegion}`,
      mend:
        regions.length === 1
          ? `name a key in ${other}`
          : 'write {region} in place of the region, with a multi-Region key that has a replica in each'
    }
    return [{ path, finding }]
  }
  const wanted = partitionOf(regions[0] ?? '')
  if (partition === wanted) return []
  const finding = { expected: `a key of the partition ${wanted}`, found: partition, mend: `write arn:${wanted}:kms:…` }
  return [{ path, finding }]
}
