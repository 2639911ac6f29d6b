/**
 * What no single-line value holds: control characters, line and paragraph separators, bidirectional formatting,
 * lone surrogates and noncharacters. Joiners and variation selectors are not among them: emoji and scripts need them.
 */
const UNSAFE_IN_LINE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\p{Noncharacter_Code_Point}]/u

/**
 * What multi-line text loses. The marks U+200E, U+200F and U+061C stay: right-to-left text needs them, and they open
 * no scope. Embeddings, overrides and isolates can reorder what a template prints after the text.
 */
const UNSAFE_IN_TEXT = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u202A-\u202E\u2066-\u2069]/gu

/** Every spelling of a line break: CRLF, CR, vertical tab, form feed, NEL, and Unicode's line and paragraph separators. */
const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g

/** A character that draws something by itself. U+2800 is the empty Braille pattern. */
const VISIBLE = /[^\p{M}\p{Z}\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/u

/** Whether a value is one line without control, bidirectional formatting, lone-surrogate or noncharacter code points. */
export function isSafeLine(value: string): boolean {
  return !UNSAFE_IN_LINE.test(value)
}

/** Whether a value shows anything: white space, marks without a base and ignorable code points alone do not. */
export function isVisible(value: string): boolean {
  return VISIBLE.test(value)
}

/**
 * Gives multi-line text with every line break as LF and without other control characters; tabs stay. LF is what both
 * providers expect: Rocket.Chat turns it into the mail's line breaks, and LiveChat ends the lines of its rendered form
 * with CRLF, so that CRLF inside a text would read as another field.
 */
export function normalizeText(text: string): string {
  return text.replace(LINE_BREAK, '\n').replace(UNSAFE_IN_TEXT, '')
}

/** Gives a value as one safe line: unsafe characters become spaces. For values stored before they were validated. */
export function toSafeLine(value: string): string {
  return isSafeLine(value) ? value : value.replace(new RegExp(UNSAFE_IN_LINE, 'gu'), ' ').trim()
}
