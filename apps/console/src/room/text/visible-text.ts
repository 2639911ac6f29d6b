/** Control characters but line ends and tabs, and the marks that force or embed a direction: they can only mislead readers. */
const MISLEADING = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/**
 * A text as people may see it. The direction of each paragraph follows from its letters, so that nothing but tricks needs
 * marks that reverse the order of what follows them (`photo_\u202egpj.exe` looks like a picture).
 */
export function visibleText(text: string): string {
  return text.replace(MISLEADING, (character) => (character === '\n' || character === '\t' ? character : ''))
}
