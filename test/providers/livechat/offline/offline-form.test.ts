import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formLabels } from '../../../../sandbox/livechat/index.ts'
import { extractVisitorText } from '../../../../src/providers/livechat/offline/offline-form.ts'

/** Any characters, including lone surrogates and control characters. */
const anything = fc.string({ unit: 'binary', maxLength: 60 })
const lineEnds = /[\r\n]/g
/** One line of a form: what a visitor typed into one field. */
const line = fc.oneof(anything, fc.emailAddress(), fc.constant('')).map((text) => text.replace(lineEnds, ''))
/** Text of several lines, some of which look like the form's own. */
const text = fc
  .array(fc.oneof(anything, fc.constantFrom('', 'Message:', 'Name: Ada', 'メッセージ：', '\r', 'E-mail:')))
  .map((lines) => lines.join('\n'))
/** A label that an agent may choose: any text with a colon, in any script. */
const label = fc.oneof(
  fc.constantFrom(...Object.values(formLabels).flatMap((labels) => Object.values(labels))),
  fc
    .tuple(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), fc.constantFrom(':', '：', ' :'))
    .map(([word, colon]) => `${word.replace(lineEnds, '').trim() || 'Label'}${colon}`),
)

/** Renders a filled form as LiveChat does (docs/providers/livechat.md 1.1). */
function render(fields: readonly (readonly [string, string])[], last: string, words: string): string {
  const lines = fields.map(([name, value]) => `${name} ${value}\r\n`).join('')
  return `${lines}${fields.length > 0 ? '\r\n' : ''}${last}\r\n${words}\r\n\r\n`
}

/** Line ends as LiveChat sends them within a text, and none around it. */
function tidy(words: string): string {
  return words
    .replace(/\r\n?/g, '\n')
    .replace(/^\n+/, '')
    .replace(/(?<!\n)\n+$/, '')
}

describe('a rendered form', () => {
  it('yields exactly the visitor’s text, for any labels, fields and text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(label, line), { minLength: 1, maxLength: 6 }),
        label,
        text,
        (fields, last, words) => {
          const sent = words.replace(/\r\n?/g, '\n')
          expect(extractVisitorText(render(fields, last, sent))).toBe(tidy(words))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('with only the text yields the text', () => {
    fc.assert(
      fc.property(label, text, (last, words) => {
        expect(extractVisitorText(render([], last, words.replace(/\r\n?/g, '\n')))).toBe(tidy(words))
      }),
    )
  })

  it('yields the same for an answer with several lines', () => {
    fc.assert(
      fc.property(label, label, text, text, (field, last, answer, words) => {
        const lines = answer.replace(lineEnds, '\n')
        const blob = render([[field, lines]], last, words.replace(/\r\n?/g, '\n'))
        expect(extractVisitorText(blob)).toBe(tidy(words))
      }),
    )
  })
})

describe('text that is not a form', () => {
  it('never throws, and yields a part of the input', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          text,
          fc.array(fc.oneof(anything, label)).map((parts) => parts.join('\r\n')),
        ),
        (raw) => {
          const words = extractVisitorText(raw)
          expect(raw.replaceAll('\r\n', '\n')).toContain(words.replaceAll('\r\n', '\n'))
        },
      ),
    )
  })

  it('without a label on its own line loses only outer line ends', () => {
    const free = fc
      .array(anything)
      .map((lines) => lines.join('\r\n'))
      .filter((raw) => !raw.split('\r\n').some((each) => /[:：]\s*$/.test(each)))
    fc.assert(
      fc.property(free, (raw) => {
        expect(extractVisitorText(raw)).toBe(raw.replace(/^[\r\n]+|(?<![\r\n])[\r\n]+$/g, ''))
      }),
    )
  })

  it.each([
    'Hello:',
    'Dear team:\r\nwhere is my parcel?',
    'Dear team:\r\n\r\nwhere is my parcel?\r\n\r\nAda',
    'No colon here\r\n\r\nMessage:\r\nHello',
    '\r\nMessage:\r\nHello',
    'Name: Ada\r\nMessage:\r\nHello',
    'Name: Ada\n\nMessage:\nHello',
  ])('is kept unchanged: %j', (raw) => {
    expect(extractVisitorText(raw)).toBe(raw.replace(/^[\r\n]+/, ''))
  })
})

it('takes linear time, so that a long message does not block others', () => {
  const length = 1_000_000
  const blobs = [
    'a'.repeat(length),
    ': '.repeat(length),
    `a${'\n'.repeat(length)}b`,
    'a:\r\n\r\nb\r\n'.repeat(length / 10),
  ]
  // A quadratic parser would take minutes for this.
  for (const blob of blobs) expect(extractVisitorText(blob).length).toBeGreaterThan(length / 2)
})
