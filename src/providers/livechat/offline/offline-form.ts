/**
 * Extracts the visitor's own text from LiveChat's rendered offline form (docs/providers/livechat.md 1.1): lines
 * `label answer`, an empty line, a label alone on its line, the text. Form lines end in CRLF, the text's own lines in
 * LF. Labels may be in any language, so only this structure is recognized; any other input is returned as the text.
 * Runs in linear time, because visitors choose the length.
 */
export function extractVisitorText(raw: string): string {
  const lines = raw.split('\r\n')
  const labelIndex = findTextLabel(lines)
  return trimLineEnds(labelIndex === -1 ? raw : lines.slice(labelIndex + 1).join('\n'))
}

/** The index of the text's label; -1 if the input is not a form. */
function findTextLabel(lines: readonly string[]): number {
  let fields = 0
  for (const [index, line] of lines.entries()) {
    if (fields > 0 && lines[index - 1] === '' && isOnlyLabel(line)) return index
    if (line === '') continue
    if (!isField(line)) break
    fields += 1
  }
  return isFormWithOnlyText(lines) ? 0 : -1
}

/** A label, the text, and the two line ends that close every form. */
function isFormWithOnlyText(lines: readonly string[]): boolean {
  return lines.length === 4 && isOnlyLabel(lines[0] ?? '') && lines[2] === '' && lines[3] === ''
}

function isOnlyLabel(line: string): boolean {
  const label = line.trim()
  return label.length > 1 && /[:：]$/.test(label) && !line.includes('\n')
}

/** A label and its answer, which may have several lines. */
function isField(line: string): boolean {
  return /^[^\n:：]*[:：]/.test(line)
}

function trimLineEnds(text: string): string {
  // The look-behind makes the expression try a run of line ends once, not once from each of its positions.
  return text.replace(/^[\r\n]+|(?<![\r\n])[\r\n]+$/g, '')
}
