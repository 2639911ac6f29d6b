/**
 * The visitor's own words out of LiveChat's rendered offline form (docs/providers/livechat.md 1.1):
 * `label answer` lines, an empty line, a label alone on its line, the text. Form lines end in CRLF, the
 * text's own lines in LF, and labels are in whatever language the licence chose, so only the shape counts. A
 * blob of another shape is taken to be the words themselves. Takes time in proportion to the blob: visitors
 * choose how long it is.
 */
export function extractVisitorText(raw: string): string {
  const lines = raw.split('\r\n')
  const label = lastLabelOf(lines)
  return trimLineEnds(label === -1 ? raw : lines.slice(label + 1).join('\n'))
}

/** Where the label of the text stands; -1 in a blob that is no form. */
function lastLabelOf(lines: readonly string[]): number {
  let fields = 0
  for (const [index, line] of lines.entries()) {
    if (fields > 0 && lines[index - 1] === '' && isLabelAlone(line)) return index
    if (line === '') continue
    if (!isField(line)) break
    fields += 1
  }
  return isFormOfOneField(lines) ? 0 : -1
}

/** The text alone: `label`, the text, and the two line ends that close every form. */
function isFormOfOneField(lines: readonly string[]): boolean {
  return lines.length === 4 && isLabelAlone(lines[0] ?? '') && lines[2] === '' && lines[3] === ''
}

function isLabelAlone(line: string): boolean {
  const label = line.trim()
  return label.length > 1 && /[:：]$/.test(label) && !line.includes('\n')
}

/** A label and its answer, which may run over several lines. */
function isField(line: string): boolean {
  return /^[^\n:：]*[:：]/.test(line)
}

function trimLineEnds(text: string): string {
  // The look-behind lets a run of line ends be tried once, not once from each of its places.
  return text.replace(/^[\r\n]+|(?<![\r\n])[\r\n]+$/g, '')
}
