/** Characters that can begin markup, and addresses. */
const MARKUP = /[*_~`>[\]|#!<&\\+-]|\d[.)]|:\/\/|www\.|@/g
/** Parsers need a time that can grow with the square of both; with these bounds it is a few milliseconds. */
const MAX_LENGTH = 5_000
const MAX_MARKS = 200

/** Whether a text can contain markup, and little enough of it to be parsed. */
export function canHaveMarkup(text: string): boolean {
  const marks = text.length <= MAX_LENGTH ? (text.match(MARKUP)?.length ?? 0) : 0
  return marks > 0 && marks <= MAX_MARKS
}
