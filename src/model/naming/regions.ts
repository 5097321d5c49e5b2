/** AWS regions as data, and the partition each belongs to. */
import type { Partition } from '../configuration.js'

/** How a partition's region names begin (AWS documents: "AWS Regions", "Amazon Web Services in China", "AWS GovCloud (US)"). */
const prefixesOf: Readonly<Record<Partition, readonly string[]>> = {
  aws: ['af', 'ap', 'ca', 'eu', 'il', 'me', 'mx', 'sa', 'us'],
  'aws-cn': ['cn'],
  'aws-us-gov': ['us-gov']
}

const directions = 'north|northeast|east|southeast|south|southwest|west|northwest|central'

/**
 * A well-formed region of a known partition. Not limited to `knownRegions`: AWS opens regions more often than users update
 * an action, while a typing error nearly always breaks the shape (`us-eats-2`, `us-east2`).
 */
export const regionPattern = new RegExp(
  `^(?:${Object.values(prefixesOf).flat().join('|')})-(?:${directions})-[1-9][0-9]?$`
)

/** Only for "did you mean"; nothing is refused for being absent here. */
export const knownRegions: readonly string[] = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'mx-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3'],
  ...['ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2'],
  ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6'],
  ...['ap-southeast-7', 'af-south-1', 'il-central-1', 'me-central-1', 'me-south-1'],
  ...['cn-north-1', 'cn-northwest-1', 'us-gov-east-1', 'us-gov-west-1']
]

/** The partition of a region that matches `regionPattern`. */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  return 'aws'
}
