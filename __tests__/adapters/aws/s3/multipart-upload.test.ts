/** Whether the checksum that S3 states of an object in parts is the one of a file here, cut in the same way. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { isCutOf } from '../../../../src/adapters/aws/s3/multipart-upload.js'
import type { LocalFile } from '../../../../src/ports/aws.js'

const digestOf = (data: Buffer): Buffer => createHash('sha256').update(data).digest()
const partBytes = 8 * 1024 * 1024
const content = Buffer.concat([Buffer.alloc(partBytes, 'a'), Buffer.from('rest')])
const overParts = digestOf(Buffer.concat([content.subarray(0, partBytes), content.subarray(partBytes)].map(digestOf)))
const composite = overParts.toString('base64')

let folder = ''
let local: LocalFile
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parts-'))
  local = {
    file: join(folder, 'layer.zip'),
    sizeBytes: content.length,
    sha256: digestOf(content).toString('hex')
  }
  await writeFile(local.file, content)
})
afterAll(() => rm(folder, { recursive: true }))

describe('a checksum over parts (F54)', () => {
  it.each([
    ['of the same parts', `${composite}-2`, true],
    ['of other parts in the same number', `${digestOf(content).toString('base64')}-2`, false],
    ['of another number of parts', `${composite}-3`, false],
    ['without a number', composite, false]
  ])('%s', async (_case, stated, expected) => {
    expect(await isCutOf(stated, local)).toBe(expected)
  })

  it('of a file that is no longer what was packed is refused', async () => {
    await expect(isCutOf(`${composite}-2`, { ...local, sha256: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      finding: { found: 'other bytes' }
    })
  })
})
