import type { Environment, Layer } from '../../src/model/index.js'

export const sandbox: Environment = {
  name: 'sandbox',
  branches: ['test'],
  stage: 'dev',
  accountId: '111122223333',
  partition: 'aws',
  regions: ['us-east-2'],
  artifactBucketTemplate: '111122223333-code-deployment',
  engine: 'cloudformation',
  layerNameTemplate: '{stage}-{layer}-layer',
  stackNameTemplate: null,
  promoteFrom: null,
  concurrency: 8,
  terminationProtection: null,
  ssmParameterTemplate: null,
  shareWith: [],
  recreateFailedStacks: false,
  encryption: null
}

export const production: Environment = {
  ...sandbox,
  name: 'production',
  branches: ['main'],
  stage: 'prod',
  accountId: '444455556666',
  artifactBucketTemplate: '444455556666-code-deployment',
  promoteFrom: 'sandbox'
}

export function layer(id: string, changes: Partial<Layer> = {}): Layer {
  return {
    id,
    path: id,
    alsoWatch: [],
    description: null,
    licenseInfo: null,
    compatibleRuntimes: ['python3.10'],
    compatibleArchitectures: ['x86_64'],
    build: { kind: 'detect', installer: 'auto', exclude: [], check: null },
    ...changes
  }
}

/** A full object id made of one hexadecimal digit. */
export function objectId(digit: string): string {
  return digit.repeat(40)
}
