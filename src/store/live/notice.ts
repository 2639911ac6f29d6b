import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { LiveNoticeReceiver, LiveNotices, LogCursor } from '../../coordination/live-log-store.ts'
import { parseJson } from '../../domain/json.ts'
import type { Tables } from '../tables.ts'

/** PostgreSQL accepts payloads of less than 8 000 bytes. */
const MAX_PAYLOAD_BYTES = 7_999

/** What one process tells all others through the database. */
export type Notice =
  | { readonly kind: 'appended'; readonly logs: readonly LogCursor[] }
  | { readonly kind: 'released'; readonly names: readonly string[] }
  /** The holders of these logs are asked to save their state anew. */
  | { readonly kind: 'save'; readonly names: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }

/** Tells all other processes; within a transaction, when it is committed. */
export interface NoticePublisher {
  publish(db: Kysely<Tables>, notice: Notice): Promise<void>
}

/** Notices in both directions. `close` ends all listening. */
export interface ReplicaNotices extends LiveNotices, NoticePublisher {
  close(): Promise<void>
}

/**
 * Encodes a notice as payloads: the sender, the kind and the content, separated by blanks. A notice about many logs is split
 * into as many payloads as it needs, and one about none into none.
 */
export function encodeNotice(sender: string, notice: Notice): readonly string[] {
  const head = `${sender} ${notice.kind} `
  if (notice.kind === 'text') return [head + notice.text]
  const items =
    notice.kind === 'appended' ? notice.logs.map(({ name, sequence }) => [name, sequence]) : notice.names
  return joinItems(
    items.map((item) => JSON.stringify(item)),
    MAX_PAYLOAD_BYTES - Buffer.byteLength(head),
  ).map((list) => head + list)
}

/** Joins JSON texts into JSON lists of at most this many bytes. */
function joinItems(items: readonly string[], maxBytes: number): readonly string[] {
  const lists: string[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const item of items) {
    // The comma, or the bracket of the last item.
    const itemBytes = Buffer.byteLength(item) + 1
    if (bytes + itemBytes > maxBytes) {
      lists.push([])
      bytes = 1
    }
    lists.at(-1)?.push(item)
    bytes += itemBytes
  }
  return lists.map((list) => `[${list.join(',')}]`)
}

const appendedLogs = z.array(z.tuple([z.string(), z.number()])).catch([])
const logNames = z.array(z.string()).catch([])

/** Hands a payload to a receiver, unless it is this process's own. One that another version sent may not be understood: it is ignored. */
export function deliverNotice(payload: string, self: string, receiver: LiveNoticeReceiver): void {
  const [, sender, kind, content = ''] = /^(\S+) (\S+) (.*)$/s.exec(payload) ?? []
  if (sender === self) return
  if (kind === 'text') receiver.onNotice(content)
  else if (kind === 'appended') {
    for (const [name, sequence] of appendedLogs.parse(parseJson(content))) receiver.onAppended(name, sequence)
  } else if (kind === 'released') {
    for (const name of logNames.parse(parseJson(content))) receiver.onReleased(name)
  } else if (kind === 'save') {
    for (const name of logNames.parse(parseJson(content))) receiver.onSnapshotRequested(name)
  }
}
