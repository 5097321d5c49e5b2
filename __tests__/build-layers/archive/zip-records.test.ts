import { describe, expect, it } from '@jest/globals'
import {
  dataDescriptor,
  endOfCentralDirectory,
  headerBytesAtMost,
  localHeader,
  writeCentralHeader,
  type ZipEntry
} from '../../../src/build-layers/archive/zip-records.js'

const entry: ZipEntry = {
  name: 'python/ä.py',
  mode: 0o100755,
  method: 'deflated',
  streamed: false,
  crc32: 0x11223344,
  compressedBytes: 0x55,
  sizeBytes: 0x66,
  offset: 0x77
}
const name = Buffer.from('python/ä.py').toString('hex')
const gigabytes = 1024 ** 3

const centralHeader = (one: ZipEntry): Buffer => {
  const target = Buffer.alloc(headerBytesAtMost(one.name), 0xff)
  return target.subarray(0, writeCentralHeader(target, 0, one))
}

describe('zip records', () => {
  it('writes the local header: 1980-01-01, UTF-8, no extra field', () => {
    expect(localHeader(entry).toString('hex')).toBe(
      [
        '504b0304',
        '1400',
        '0008',
        '0800',
        '0000',
        '2100',
        '44332211',
        '55000000',
        '66000000',
        '0c00',
        '0000',
        name
      ].join('')
    )
  })

  it('writes the central header: made by Unix, the mode in the external attributes', () => {
    expect(centralHeader(entry).toString('hex')).toBe(
      [
        ...['504b0102', '1403', '1400', '0008', '0800', '0000', '2100', '44332211', '55000000', '66000000'],
        ...['0c00', '0000', '0000', '0000', '0000', '0000ed81', '77000000', name]
      ].join('')
    )
  })

  it('puts sizes after the data of a streamed entry', () => {
    const streamed = { ...entry, streamed: true }
    expect(localHeader(streamed).subarray(6, 8).toString('hex')).toBe('0808')
    expect(localHeader(streamed).subarray(14, 26)).toEqual(Buffer.alloc(12))
    expect(dataDescriptor(streamed).toString('hex')).toBe('504b0708' + '44332211' + '55000000' + '66000000')
  })

  it('uses zip64 for a file of 4 GiB, an offset over 4 GiB, and both', () => {
    const large = { ...entry, streamed: true, sizeBytes: 5 * gigabytes, compressedBytes: 4.5 * gigabytes }
    expect(localHeader(large).subarray(-20).toString('hex')).toBe('01001000' + '00'.repeat(16))
    expect(localHeader(large).subarray(18, 26)).toEqual(Buffer.alloc(8, 0xff))
    expect(dataDescriptor(large).readBigUInt64LE(8)).toBe(BigInt(4.5 * gigabytes))
    const far = { ...large, offset: 6 * gigabytes }
    const extra = centralHeader(far).subarray(46 + Buffer.byteLength(entry.name))
    expect(extra.subarray(0, 4).toString('hex')).toBe('01001800')
    expect([4, 12, 20].map(at => Number(extra.readBigUInt64LE(at)) / gigabytes)).toEqual([5, 4.5, 6])
    const onlyFar = centralHeader({ ...entry, offset: 6 * gigabytes }).subarray(46 + Buffer.byteLength(entry.name))
    expect(onlyFar.subarray(0, 4).toString('hex')).toBe('01000800')
  })

  it('ends with the plain record up to 65,534 entries, from 65,535 on with the zip64 one before it', () => {
    expect(endOfCentralDirectory(65_534, 100, 200).toString('hex')).toBe(
      '504b0506' + '00000000' + 'fefffeff' + '64000000' + 'c8000000' + '0000'
    )
    const end = endOfCentralDirectory(65_535, 100, 200)
    expect(end).toHaveLength(56 + 20 + 22)
    expect([end.readUInt32LE(0), Number(end.readBigUInt64LE(24)), Number(end.readBigUInt64LE(48))]).toEqual([
      0x06064b50, 65_535, 200
    ])
    expect([end.readUInt32LE(56), Number(end.readBigUInt64LE(64))]).toEqual([0x07064b50, 300])
    expect(end.subarray(76 + 8, 76 + 12).toString('hex')).toBe('ffffffff')
  })
})
