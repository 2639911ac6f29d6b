import { z } from 'zod'
import type { PushedChange } from '../../domain/push.ts'
import { type RoomView, roomViews } from '../../domain/room-view.ts'
import { decodeText } from './decode-text.ts'
import { encodeMessage, messageSchema } from './message-codec.ts'
import { encodeRoom, roomSchema } from './room-codec.ts'

/** A notice of one replica to the others. */
export type Notice =
  | RoomHint
  | RoomNotice
  /** A process stops. */
  | { readonly type: 'RoomsReported'; readonly rooms: readonly RoomReport[] }
  /** A poll of the account succeeded. The holder's next one is due in `latencyMs`. */
  | { readonly type: 'AccountPolled'; readonly log: string; readonly latencyMs: number }
  /** A follower needs a poll of the account now. */
  | { readonly type: 'AccountPollWanted'; readonly log: string }

/** A notice about the log of a room, by name. */
export type RoomNotice =
  /** A follower needs the room's own state in a view. The holder reads it, and names the question (`id`) with the state. */
  | { readonly type: 'StateWanted'; readonly log: string; readonly view: RoomView; readonly id: string }
  | HolderAsked
  | HolderAnswer

/** A caller whose credential the provider accepted `ageMs` ago. */
export interface AuthorizedCaller {
  readonly callerHash: string
  readonly ageMs: number
}

/** A follower asks which of these callers may read the room, and how live it is. */
export interface HolderAsked {
  readonly type: 'HolderAsked'
  readonly log: string
  readonly callerHashes: readonly string[]
  /** The views whose room state subscribers of the follower want. */
  readonly wantedViews: readonly RoomView[]
}

/** What a process that stops knows of a room. */
export interface RoomReport {
  /** The name of the room's log. */
  readonly log: string
  /** Callers that it has served. */
  readonly authorized: readonly AuthorizedCaller[]
  /** The views whose room state nothing suggests to have changed, where the process read the room; else none. */
  readonly currentViews: readonly RoomView[]
}

/** The holder's answer to its followers. */
export interface HolderAnswer {
  readonly type: 'HolderAnswer'
  readonly log: string
  /** Those callers of the question that may read the room. */
  readonly authorized: readonly AuthorizedCaller[]
  /** The source that serves the room. */
  readonly source: 'PUSH' | 'DIGEST' | 'POLL' | 'NONE'
  /** Milliseconds between two polls; null while there is no source. */
  readonly latencyMs: number | null
}

/** A webhook, a mutation or a follower's read shows that a room has changed. */
export interface RoomHint {
  readonly type: 'Hint'
  readonly provider: string
  readonly roomId: string
  /** The view that shows the changes; null for every view. */
  readonly view: RoomView | null
  /** Whether the room's own state has certainly changed. */
  readonly isRoomChanged: boolean
  /** Whether only new messages came. */
  readonly isAddition: boolean
  /** What has changed; empty where only a read shows it. */
  readonly changes: readonly PushedChange[]
}

/** Bytes of a notice: PostgreSQL limits the payload of NOTIFY to 8 000. */
const MAX_BYTES = 7_000

/** Bytes of a notice of reports without the reports. */
const EMPTY_REPORT_BYTES = JSON.stringify({ type: 'RoomsReported', rooms: [] } satisfies Notice).length

const changeSchema: z.ZodType<PushedChange> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Message'), message: messageSchema }),
  z.object({ type: z.literal('MessageDeleted'), messageId: z.string() }),
  z.object({ type: z.literal('RoomChanged'), room: roomSchema.nullable() }),
  z.object({ type: z.literal('Unreadable') }),
])

const log = z.string()
const callerHash = z.string()
const durationMs = z.number().nonnegative()
const views = z.array(z.enum(roomViews))
const authorized = z.array(z.object({ callerHash, ageMs: durationMs }))

const noticeSchema: z.ZodType<Notice> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Hint'),
    provider: z.string(),
    roomId: z.string(),
    view: z.enum(roomViews).nullable(),
    isRoomChanged: z.boolean(),
    isAddition: z.boolean(),
    changes: z.array(changeSchema),
  }),
  z.object({ type: z.literal('StateWanted'), log, view: z.enum(roomViews), id: z.string() }),
  z.object({ type: z.literal('HolderAsked'), log, callerHashes: z.array(callerHash), wantedViews: views }),
  z.object({
    type: z.literal('HolderAnswer'),
    log,
    authorized,
    source: z.enum(['PUSH', 'DIGEST', 'POLL', 'NONE']),
    latencyMs: durationMs.nullable(),
  }),
  z.object({
    type: z.literal('RoomsReported'),
    rooms: z.array(z.object({ log, authorized, currentViews: views })),
  }),
  z.object({ type: z.literal('AccountPolled'), log, latencyMs: durationMs }),
  z.object({ type: z.literal('AccountPollWanted'), log }),
])

/**
 * Encodes a notice in at most 7 000 bytes. Changes that do not fit are left out, so that the receiver reads the room. Null
 * where the name of the log or room alone is too long.
 */
export function encodeNotice(notice: Notice): string | null {
  if (notice.type !== 'Hint') return limitBytes(JSON.stringify(notice))
  return limitBytes(encodeHint(notice)) ?? limitBytes(encodeHint(withoutChanges(notice)))
}

/** Packs reports into as few notices as their size allows: a process can have thousands of rooms. */
export function packReports(reports: readonly RoomReport[]): readonly Notice[] {
  const notices: RoomReport[][] = []
  let freeBytes = 0
  for (const report of reports) {
    const bytes = Buffer.byteLength(JSON.stringify(report)) + 1
    if (bytes > freeBytes) {
      notices.push([])
      freeBytes = MAX_BYTES - EMPTY_REPORT_BYTES
    }
    notices.at(-1)?.push(report)
    freeBytes -= bytes
  }
  return notices.map((rooms) => ({ type: 'RoomsReported', rooms }))
}

/** Decodes a notice; null for any other text: another version of the gateway may have sent it. */
export function decodeNotice(text: string): Notice | null {
  return decodeText(text, noticeSchema)
}

function limitBytes(text: string): string | null {
  return Buffer.byteLength(text) <= MAX_BYTES ? text : null
}

function encodeHint(hint: RoomHint): string {
  return JSON.stringify({ ...hint, changes: hint.changes.map(encodeChange) })
}

/** The hint that makes its receiver read everything that the changes would have shown. */
function withoutChanges(hint: RoomHint): RoomHint {
  const { isRoomChanged, changes } = hint
  const isState = changes.some(({ type }) => type === 'RoomChanged')
  return { ...hint, isRoomChanged: isRoomChanged || isState, isAddition: false, changes: [] }
}

function encodeChange(change: PushedChange) {
  if (change.type === 'Message') return { ...change, message: encodeMessage(change.message) }
  if (change.type === 'RoomChanged') return { ...change, room: encodeRoom(change.room) }
  return change
}
