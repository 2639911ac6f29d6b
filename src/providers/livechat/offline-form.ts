/**
 * The visitor's own words out of LiveChat's rendered offline form (livechat.md 1.1): `label answer` lines, an
 * empty line, a label alone on its line, the text. Form lines end in CRLF, the text's own lines in LF, and
 * labels are in whatever language the licence chose, so only the shape counts. A blob of another shape is
 * taken to be the words themselves.
 */
export function visitorWords(raw: string): string {
  const lines = raw.split('\r\n')
  const label = lines.findIndex((line, index) => isLabelAlone(line) && isFormAbove(lines.slice(0, index)))
  // A form of one field has nothing above its label; an empty name's label above others looks the same.
  const start = label === -1 && isLabelAlone(lines[0] ?? '') ? 0 : label
  return trimLineEnds(start === -1 ? raw : lines.slice(start + 1).join('\n'))
}

function isLabelAlone(line: string): boolean {
  return /^[^\n]*\S[^\n]*[:：]\s*$/.test(line)
}

/** A form is field lines and then an empty line. */
function isFormAbove(lines: readonly string[]): boolean {
  if (lines.at(-1) !== '') return false
  const fields = lines.filter((line) => line !== '')
  return fields.length > 0 && fields.every((line) => /^[^\n]*?[:：]/.test(line))
}

function trimLineEnds(text: string): string {
  return text.replace(/^[\r\n]+|[\r\n]+$/g, '')
}
