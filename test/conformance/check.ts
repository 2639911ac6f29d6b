import assert from 'node:assert/strict'
import type { CallContext, ChatAdapter, MessageWindow } from '../../src/domain/adapter.ts'
import type { Caller } from '../../src/domain/caller.ts'
import { type Capability, checkCapability } from '../../src/domain/capability.ts'
import { ChatError, type ErrorCode } from '../../src/domain/errors.ts'
import { silentLog } from '../support/log.ts'

/** What the list is held against: an adapter, and hands on the provider behind it. */
export interface Subject {
  readonly adapter: ChatAdapter
  /** Somebody who may use all that the adapter can do in `openRoom`'s rooms. */
  readonly caller: Caller
  /** Somebody of the same role who was granted none of them; null where the role sees everything. */
  readonly otherCaller: Caller | null
  /** Whether `caller` may have several rooms: a LiveChat customer has one chat for good. */
  readonly hasManyRooms: boolean
  /** Opens a fresh room of `caller`'s; gives its native id. */
  openRoom(): Promise<string>
  /** Closes a room behind the adapter's back. */
  closeRoom(roomId: string): Promise<void>
  /** Somebody else says something in it, behind the adapter's back. */
  receiveMessage(roomId: string, text: string): Promise<void>
  /** Leaves an offline message at the provider, so many days ago. */
  addOfflineMessage(text: string, daysAgo: number): Promise<void>
}

/** One promise that every adapter makes. `id` never changes; `needs` are the capabilities it takes to be asked. */
export interface ConformanceCheck {
  readonly id: string
  readonly name: `MUST ${string}` | `SHOULD ${string}`
  readonly requiredCapabilities: readonly Capability[]
  /** True where it takes two rooms of one caller. */
  readonly needsTwoRooms?: true
  run(subject: Subject): Promise<void>
}

/** Whether the manifest says that this subject can be asked. */
export function isApplicable(
  check: ConformanceCheck,
  { adapter, caller, hasManyRooms: manyRooms }: Subject,
): boolean {
  if (check.needsTwoRooms && !manyRooms) return false
  return check.requiredCapabilities.every(
    (capability) => checkCapability(adapter, capability, caller) === null,
  )
}

/** A call by somebody, with a signal that never aborts unless one is given. */
export function callAs(caller: Caller, signal: AbortSignal = new AbortController().signal): CallContext {
  return { caller, signal, log: silentLog }
}

/** The newest messages without any bound. */
export function newestMessages(limit: number, bounds: Partial<MessageWindow> = {}): MessageWindow {
  return { take: 'newest', limit, after: null, before: null, since: null, until: null, ...bounds }
}

/** Holds that work fails as one of the family, with one of these codes and the adapter's name. */
export async function assertFailsWith(
  work: Promise<unknown>,
  codes: readonly ErrorCode[],
  provider: string,
): Promise<void> {
  const error = await work.then(
    () => assert.fail(`succeeded where ${codes.join(' or ')} was due`),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof ChatError, `failed with ${String(error)}, which is no ChatError`)
  assert.ok(codes.includes(error.code), `failed with ${error.code} where ${codes.join(' or ')} was due`)
  assert.equal(error.provider, provider)
}

/** Sends so many messages, one after another; gives their texts. */
export async function sendMessages(
  { adapter, caller }: Subject,
  roomId: string,
  count: number,
): Promise<string[]> {
  const texts = Array.from({ length: count }, (_, index) => `message ${index + 1}`)
  for (const text of texts) {
    await adapter.sendMessage({ roomId, text, idempotencyKey: null }, callAs(caller))
    await nextMillisecond()
  }
  return texts
}

/** What one millisecond holds is ordered by its ids: messages whose order is looked at must not share one. */
async function nextMillisecond(): Promise<void> {
  const now = Date.now()
  while (Date.now() <= now) await new Promise((resolve) => setImmediate(resolve))
}
