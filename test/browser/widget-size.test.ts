import { readdirSync, readFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

const KB = 1024
/**
 * Bytes of the script that a visitor's browser may load: with brotli, which every browser takes over HTTPS, and with gzip. With the
 * texts of a language it is all that the browser ever loads from the gateway besides files of messages.
 */
const MOST = 25 * KB
const MOST_WITH_GZIP = 27.75 * KB
const MOST_OF_TEXTS = 3 * KB
const DIST = new URL('../../apps/widget/dist/', import.meta.url)

const read = (name: string) => readFileSync(new URL(name, DIST))
/** The size of a file as the build compresses it. */
const sizeWithGzip = (name: string) => gzipSync(read(name), { level: constants.Z_BEST_COMPRESSION }).length

it('the widget is small: its script, which contains its styles and its English texts, compressed as by the build', () => {
  expect(brotliCompressSync(read('widget.js')).length).toBeLessThanOrEqual(MOST)
  expect(sizeWithGzip('widget.js')).toBeLessThanOrEqual(MOST_WITH_GZIP)
})

it('the texts of a language are small', () => {
  const files = readdirSync(DIST).filter((name) => /^texts\..*\.json$/.test(name))
  expect(files).toContain('texts.de.json')
  for (const name of files) expect(sizeWithGzip(name)).toBeLessThanOrEqual(MOST_OF_TEXTS)
})
