import assert from 'node:assert/strict'
import type { CallContext, ChatAdapter } from '../../src/domain/adapter.ts'
import type { Caller } from '../../src/domain/caller.ts'
import { type Capability, checkCapability } from '../../src/domain/capability.ts'
import { ChatError, type ErrorCode } from '../../src/domain/errors.ts'
import type { MessageWindow } from '../../src/domain/messages.ts'
import { silentLog } from '../support/log.ts'

/** The subject of the checks: an adapter, and access to the provider behind it. */
export interface Subject {
  readonly adapter: ChatAdapter
  /** A caller who may use every capability in the rooms of `openRoom`. */
  readonly caller: Caller
  /** A caller of the same role without access to those rooms; null for a role that sees everything. */
  readonly otherCaller: Caller | null
  /** Whether `caller` may have several rooms: a LiveChat customer has one chat forever. */
  readonly hasManyRooms: boolean
  /** Opens a new room of `caller` and returns its native id. */
  openRoom(): Promise<string>
  /** Closes a room at the provider, without the adapter. */
  closeRoom(roomId: string): Promise<void>
  /** Another participant sends a message in it, without the adapter. */
  receiveMessage(roomId: string, text: string): Promise<void>
  /** Set-up for work on rooms; absent for a role that does none. */
  readonly roomWork?: RoomWorkSubject
  /** Adds an offline message at the provider, received this many days ago. */
  addOfflineMessage(text: string, daysAgo: number): Promise<void>
}

/** Rooms and agents at the provider, for a caller who changes who serves a room. */
export interface RoomWorkSubject {
  /** Opens a room that nobody serves and returns its native id. */
  openQueuedRoom(): Promise<string>
  /** An agent apart from the caller's own that can serve these rooms. */
  readonly agentId: string
  /** A department that such a room is not in, with an agent who can take it. */
  readonly departmentId: string
  /** From now on no agent is free for a room that is queued. */
  withoutFreeAgents(): void
}

/** One promise of every adapter. `id` never changes. */
export interface ConformanceCheck {
  readonly id: string
  readonly name: `MUST ${string}` | `SHOULD ${string}`
  readonly requiredCapabilities: readonly Capability[]
  /** True for a check that needs two rooms of one caller. */
  readonly needsTwoRooms?: true
  run(subject: Subject): Promise<void>
}

/** Whether the subject's manifest has what the check requires. */
export function isApplicable(check: ConformanceCheck, { adapter, caller, hasManyRooms }: Subject): boolean {
  if (check.needsTwoRooms && !hasManyRooms) return false
  return check.requiredCapabilities.every(
    (capability) => checkCapability(adapter, capability, caller) === null,
  )
}

/** Creates the context of a call; its signal never aborts unless one is given. */
export function callAs(caller: Caller, signal: AbortSignal = new AbortController().signal): CallContext {
  return { caller, signal, log: silentLog }
}

/** A window of the newest messages without bounds. */
export function newestMessages(limit: number, bounds: Partial<MessageWindow> = {}): MessageWindow {
  return { take: 'newest', limit, after: null, before: null, since: null, until: null, ...bounds }
}

/** Asserts that work fails with a ChatError that has one of these codes and the adapter's name. */
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

/** Sends this many messages one after another and returns their texts. */
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

/** Messages of one millisecond are ordered by id: messages whose order is checked must not share one. */
async function nextMillisecond(): Promise<void> {
  const now = Date.now()
  while (Date.now() <= now) await new Promise((resolve) => setImmediate(resolve))
}
