import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSafeLine, isVisible, normalizeText, toSafeLine } from '../../src/domain/text.ts'

/** Listed individually, so that the test shares nothing with the code. */
const CONTROLS = [
  ...Array.from({ length: 0x20 }, (_, code) => code),
  ...Array.from({ length: 0x21 }, (_, code) => 0x7f + code),
]
const BIDI = [0x61c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069]
const INVISIBLE = [
  0x20, 0xa0, 0xad, 0x34f, 0x115f, 0x200b, 0x200c, 0x200d, 0x2060, 0x2800, 0x3000, 0x3164, 0xfe0f, 0xfeff,
  0xe0020,
]
const people = [
  'Ada',
  '👩‍👩‍👧',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '❤️',
  '李小龍',
  'مريم الحسن',
  'שלום',
  'نمی‌خواهم',
  'क्‍ष',
  'Zoë',
  'e\u0301',
]

const anything = fc.string({ unit: 'binary', maxLength: 40 })
const dirty = fc
  .array(
    fc.oneof(
      fc.constantFrom(...[...CONTROLS, ...BIDI, ...INVISIBLE].map((code) => String.fromCodePoint(code))),
      fc.constantFrom('\r\n', '\ud800', '\udfff', '\ud83d\0\ude00', '\u2028', '\u2029', '\uffff', ...people),
    ),
  )
  .map((parts) => parts.join(''))
const value = fc.oneof(anything, dirty)

describe('a safe line', () => {
  it.each(people)('can be %s', (name) => {
    expect([isSafeLine(name), isVisible(name), normalizeText(name)]).toEqual([true, true, name])
  })

  it.each(
    [...CONTROLS, ...BIDI, 0x2028, 0x2029, 0xd800, 0xdfff, 0xffff, 0xfdd0].map((code) => [
      code.toString(16),
      String.fromCodePoint(code),
    ]),
  )('must not contain U+%s', (_name, character) => {
    expect(isSafeLine(`Eve${character}Bcc`)).toBe(false)
    expect(isSafeLine(toSafeLine(`Eve${character}Bcc`))).toBe(true)
  })

  it('can be made of any value', () => {
    fc.assert(
      fc.property(value, (written) => {
        const line = toSafeLine(written)
        expect(isSafeLine(line)).toBe(true)
        if (isSafeLine(written)) expect(line).toBe(written)
      }),
    )
  })
})

describe('invisible text', () => {
  it.each(INVISIBLE.map((code) => [code.toString(16), String.fromCodePoint(code)]))(
    'is U+%s alone',
    (_name, character) => expect(isVisible(character.repeat(3))).toBe(false),
  )

  it('is any mixture of such characters, but not with a visible one', () => {
    const invisible = [...INVISIBLE, ...CONTROLS, ...BIDI].map((code) => String.fromCodePoint(code))
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...invisible)), fc.constantFrom(...people), (parts, name) => {
        expect(isVisible(parts.join(''))).toBe(false)
        expect(isVisible([...parts, name].join(''))).toBe(true)
      }),
    )
  })
})

describe('multi-line text', () => {
  it('gets LF line breaks, and keeps tabs and right-to-left marks', () => {
    expect(normalizeText('a\r\nb\rc\nd\u2028e\u0085f\tg')).toBe('a\nb\nc\nd\ne\nf\tg')
    expect(normalizeText('\r\n\r\n')).toBe('\n\n')
    expect(normalizeText('مرحبا\u200f!')).toBe('مرحبا\u200f!')
  })

  it('loses characters that could reorder the following text', () => {
    expect(normalizeText('\u202eabc\u2066d\u2069')).toBe('abcd')
  })

  it('contains no other control character and loses nothing else', () => {
    fc.assert(
      fc.property(value, (written) => {
        const text = normalizeText(written)
        for (const character of text) {
          const code = character.codePointAt(0) ?? 0
          expect(code === 9 || code === 10 || !CONTROLS.includes(code)).toBe(true)
        }
        expect(() => encodeURIComponent(text)).not.toThrow()
        expect(normalizeText(text)).toBe(text)
        if (isSafeLine(written)) expect(text).toBe(written)
      }),
    )
  })
})
