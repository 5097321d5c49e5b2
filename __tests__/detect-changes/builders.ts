/** Facts for the tests of detect-changes. */
import type { DeployedVersion, Layer, TreeEntry } from '../../src/model/index.js'

/** A full commit or blob id from one digit. */
export const objectId = (digit: string): string => digit.repeat(40)

export const entry = (path: string, mode: string, digit: string): TreeEntry => ({
  path,
  mode,
  objectId: objectId(digit)
})

export function layer(change: Partial<Layer> = {}): Layer {
  return {
    id: 'da_flask',
    path: 'da_flask',
    alsoWatch: [],
    description: null,
    licenseInfo: null,
    compatibleRuntimes: ['python3.10'],
    compatibleArchitectures: ['x86_64'],
    build: { kind: 'detect', installer: 'auto', exclude: [], check: null },
    ...change
  }
}

export function deployed(change: Partial<DeployedVersion> = {}): DeployedVersion {
  return {
    version: 1,
    arn: 'arn:aws:lambda:us-east-2:111122223333:layer:dev-da-flask-layer:1',
    sourceDigest: 'f'.repeat(64),
    contentDigest: 'e'.repeat(64),
    artifactSha256: 'd'.repeat(64),
    commit: objectId('9'),
    run: '100/1',
    sourceCommit: objectId('a'),
    sizeBytes: null,
    properties: {
      description: '',
      licenseInfo: '',
      compatibleRuntimes: ['python3.10'],
      compatibleArchitectures: ['x86_64']
    },
    ...change
  }
}
