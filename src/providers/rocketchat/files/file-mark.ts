import { z } from 'zod'
import type { FileDraft } from '../../../domain/files.ts'
import type { WireMessage } from '../wire.ts'

/**
 * Mark by which the message of a sent file is recognized: the file's id, if the server assigned it before the message;
 * otherwise the newest message before it, null in an empty room.
 */
export type FileMark =
  | { readonly type: 'file'; readonly fileId: string }
  | { readonly type: 'after'; readonly message: { readonly ms: number; readonly id: string } | null }

const markSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('file'), fileId: z.string() }),
  z.object({ type: z.literal('after'), message: z.object({ ms: z.number(), id: z.string() }).nullable() }),
])

/** Encodes a mark as the record of an attempt. */
export function encodeMark(mark: FileMark): string {
  return JSON.stringify(mark)
}

/** Decodes the record of an attempt; null if it has none, because nothing was sent then. */
export function decodeMark(record: string | null): FileMark | null {
  return record === null ? null : markSchema.parse(JSON.parse(record))
}

/** The mark of a file that is sent after the newest message of a room. */
export function markAfter(newest: WireMessage | undefined): FileMark {
  return { type: 'after', message: newest ? { ms: newest.ts.getTime(), id: newest._id } : null }
}

/**
 * Finds the message of a sent file in a page of history, newest first. Without a file id it must be the only message with a file
 * of this name after the mark: of several, none is certain.
 */
export function findMarked(
  page: readonly WireMessage[],
  mark: FileMark,
  { name }: Pick<FileDraft, 'name'>,
): WireMessage | null {
  if (mark.type === 'file') return page.find((message) => fileIdsOf(message).includes(mark.fileId)) ?? null
  const { message: before } = mark
  const later = page.filter(
    ({ _id, ts }) => before === null || (_id !== before.id && ts.getTime() >= before.ms),
  )
  const [found, ...others] = later.filter((message) => hasFileNamed(message, name))
  return found && others.length === 0 ? found : null
}

function fileIdsOf({ file, files }: WireMessage): readonly (string | null)[] {
  return [file?._id ?? null, ...files.map(({ _id }) => _id)]
}

function hasFileNamed({ file, attachments }: WireMessage, name: string): boolean {
  return file?.name === name || attachments.some(({ title, type }) => type === 'file' && title === name)
}
