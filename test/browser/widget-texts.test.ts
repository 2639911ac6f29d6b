import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { english } from '../../apps/widget/src/texts/english.ts'

const FOLDER = new URL('../../apps/widget/public/', import.meta.url)
const files = readdirSync(FOLDER).filter((name) => name.startsWith('texts.'))
const countPlaces = (text: string) => text.split('{}').length

it.each(files)('%s has all texts of the widget, with the same places for values', (name) => {
  const texts: Record<string, string> = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))
  expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort())
  for (const [key, text] of Object.entries(english))
    expect([key, countPlaces(texts[key] ?? '')]).toEqual([key, countPlaces(text)])
})
