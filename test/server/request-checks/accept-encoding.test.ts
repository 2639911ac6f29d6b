import { expect, it } from 'vitest'
import { acceptsGzip } from '../../../src/server/request-checks/accept-encoding.ts'

it.each([
  'gzip',
  'GZIP',
  'br;q=1.0, gzip;q=0.5',
  'deflate;q=0,gzip',
  '*',
  '*;q=0, gzip',
  `${'br;q=0,'.repeat(2_000)}gzip`,
])('a client that sends "%.40s" accepts gzip', (header) => {
  expect(acceptsGzip(header)).toBe(true)
})

it.each([
  undefined,
  '',
  'identity',
  'br',
  'xgzip',
  'x-gzip',
  'gzip;q=0',
  'gzip; q=0.0, identity',
  'gzip ;Q=0.000, *',
  '*;q=0',
  `gzip${' '.repeat(16_000)};q=0`,
  `gzip;q=0.${'0'.repeat(16_000)}`,
])('a client that sends "%.40s" does not', (header) => {
  expect(acceptsGzip(header)).toBe(false)
})
