import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

/** Bytes that a visitor's browser may load for the widget. */
const MOST = 60 * 1024

it('the widget is small: its script and its style, compressed', () => {
  const files = ['widget.js', 'widget.css'].map((name) =>
    gzipSync(readFileSync(new URL(`../../apps/widget/dist/${name}`, import.meta.url))),
  )
  expect(files.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(MOST)
})
