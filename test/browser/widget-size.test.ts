import { readdirSync, readFileSync } from 'node:fs'
import { constants, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

/** Bytes of the script, and of the texts of a language, that a visitor's browser may load: all that it ever loads from the gateway besides files of messages. */
const MOST = 25 * 1024
const MOST_OF_TEXTS = 3 * 1024
const DIST = new URL('../../apps/widget/dist/', import.meta.url)

/** The size of a file as the build compresses it. */
const sizeOf = (name: string) =>
  gzipSync(readFileSync(new URL(name, DIST)), { level: constants.Z_BEST_COMPRESSION }).length

it('the widget is small: its script, which contains its styles and its English texts, compressed as by the build', () => {
  expect(sizeOf('widget.js')).toBeLessThanOrEqual(MOST)
})

it('the texts of a language are small', () => {
  const files = readdirSync(DIST).filter((name) => /^texts\..*\.json$/.test(name))
  expect(files).toContain('texts.de.json')
  for (const name of files) expect(sizeOf(name)).toBeLessThanOrEqual(MOST_OF_TEXTS)
})
