import { readFileSync } from 'node:fs'
import { constants, gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

/** Bytes that a visitor's browser may load for the widget: all that it ever loads from the gateway, besides files of messages. */
const MOST = 25 * 1024

it('the widget is small: its script, which contains its styles and texts, compressed as by the build', () => {
  const script = readFileSync(new URL('../../apps/widget/dist/widget.js', import.meta.url))
  const options = { level: constants.Z_BEST_COMPRESSION }
  expect(gzipSync(script, options).length).toBeLessThanOrEqual(MOST)
})
