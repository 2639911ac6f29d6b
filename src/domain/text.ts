/**
 * Characters that a single-line value must not contain: control characters, line and paragraph separators, bidirectional
 * formatting, lone surrogates and noncharacters. Joiners and variation selectors are allowed: emoji and scripts need them.
 */
const UNSAFE_IN_LINE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}\p{Noncharacter_Code_Point}]/u

/**
 * Characters that are removed from multi-line text. The marks U+200E, U+200F and U+061C stay: right-to-left text needs
 * them, and they open no scope. Embeddings, overrides and isolates can reorder what a template prints after the text.
 */
const UNSAFE_IN_TEXT = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u202A-\u202E\u2066-\u2069]/gu

/** Every spelling of a line break: CRLF, CR, vertical tab, form feed, NEL, and Unicode's line and paragraph separators. */
const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g

/** A character that is visible by itself. U+2800 is the empty Braille pattern. */
const VISIBLE = /[^\p{M}\p{Z}\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/u

/** Whether a value is a single line without control, bidirectional formatting, lone-surrogate or noncharacter code points. */
export function isSafeLine(value: string): boolean {
  return !UNSAFE_IN_LINE.test(value)
}

/** Whether a value contains a visible character, not only white space, marks without a base or ignorable code points. */
export function isVisible(value: string): boolean {
  return VISIBLE.test(value)
}

/**
 * Normalizes multi-line text: every line break becomes LF, and other control characters except tabs are removed. Both
 * providers expect LF: Rocket.Chat turns it into the mail's line breaks, and LiveChat ends the lines of its rendered form
 * with CRLF, so CRLF inside a text would look like another field.
 */
export function normalizeText(text: string): string {
  return text.replace(LINE_BREAK, '\n').replace(UNSAFE_IN_TEXT, '')
}

/** Converts a value to a safe line: unsafe characters become spaces. For values that were stored before validation. */
export function toSafeLine(value: string): string {
  return isSafeLine(value) ? value : value.replace(new RegExp(UNSAFE_IN_LINE, 'gu'), ' ').trim()
}
