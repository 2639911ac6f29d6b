import type { MessageButton } from '../../domain/model.ts'
import { toHttpLink } from './http-link.ts'

/** A part of a rich message, such as a card: what a person reads in it, in order. */
export interface RichPart {
  readonly texts: readonly string[]
  readonly buttons: readonly MessageButton[]
}

/** Creates a button. A link of another scheme than http(s) is not passed on. */
export function toButton(text: string | null, link: string | null): MessageButton {
  return { text: text ?? '', url: toHttpLink(link) }
}

/** Returns rich content as lines of plain text: the texts of each part, then its buttons with their addresses. */
export function toLines(parts: readonly RichPart[]): readonly string[] {
  return parts.flatMap(({ texts, buttons }) => [...texts, ...buttons.map(toLine)])
}

/** Joins lines and leaves out empty ones. */
export function joinLines(lines: readonly string[]): string {
  return lines.filter((line) => line !== '').join('\n')
}

function toLine({ text, url }: MessageButton): string {
  if (url === null) return text
  return text === '' ? url : `${text}: ${url}`
}
