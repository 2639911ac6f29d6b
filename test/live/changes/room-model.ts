import fc from 'fast-check'
import type { RecentMessages } from '../../../src/domain/messages.ts'
import { comparePositions, type Message } from '../../../src/domain/model.ts'
import type { DetectedChange } from '../../../src/live/changes/detected-change.ts'
import { deleted, edited, message, positionAtMs } from '../message-builders.ts'

/** A change in a room, or a read of it. `pick` selects one of its messages. */
export type Step =
  | { readonly type: 'add' | 'system' | 'pass' }
  | { readonly type: 'late'; readonly by: number }
  | { readonly type: 'edit' | 'remove' | 'mark deleted'; readonly pick: number }
  | { readonly type: 'read'; readonly back: number | null }

/** A room at its provider, with a clock that may not advance between two writes. */
export class RoomModel {
  ms = 1_000_000
  readonly #messages = new Map<string, Message>()
  #number = 0

  /** Oldest first. */
  get messages(): readonly Message[] {
    return [...this.#messages.values()].sort((a, b) => comparePositions(a.position, b.position))
  }

  /** Whether it exists, even if marked as deleted. */
  has(messageId: string): boolean {
    return this.#messages.has(messageId)
  }

  apply(step: Step): void {
    if ('pick' in step) this.#change(step.type, this.messages[step.pick % this.messages.length])
    if (step.type === 'add') this.#put(message(this.#nextId(), this.ms))
    if (step.type === 'system') this.#put(message(this.#nextId(), this.ms, { kind: 'SYSTEM' }))
    if (step.type === 'late') this.#put(message(this.#nextId(), this.ms - step.by))
    if (step.type === 'pass') this.ms += 1
  }

  /** Reads back to at least `ms`, and `back` milliseconds; null reads everything. */
  read(ms: number, back: number | null): RecentMessages {
    // Later writes have a later time.
    const start = back === null ? null : positionAtMs(Math.max(0, Math.min(ms, this.ms - back)))
    this.ms += 1
    const messages = this.messages.filter(
      ({ position }) => start === null || comparePositions(position, start) >= 0,
    )
    return { messages, from: start }
  }

  #change(type: 'edit' | 'remove' | 'mark deleted', chosen: Message | undefined): void {
    if (!chosen || chosen.state === 'DELETED') return
    if (type === 'remove') this.#messages.delete(chosen.ref.messageId)
    else if (type === 'edit') this.#put(edited(chosen, this.ms))
    else this.#put(deleted(chosen, this.ms))
  }

  #put(written: Message): void {
    this.#messages.set(written.ref.messageId, written)
  }

  #nextId(): string {
    this.#number += 1
    return `m${1000 + this.#number}`
  }
}

/** What a client knows of a room: texts by message id, null where deleted. */
export class ClientModel {
  readonly texts: Map<string, string | null>
  /** Changes that it received twice, or of messages that it did not know. */
  readonly inconsistencies: string[] = []

  constructor(texts: Iterable<readonly [string, string | null]>) {
    this.texts = new Map(texts)
  }

  copy(): ClientModel {
    return new ClientModel(this.texts)
  }

  receive({ change, position: { id } }: DetectedChange): void {
    const before = this.texts.get(id)
    if (change.type === 'MessageAdded') this.#expect(before === undefined, `added ${id}`)
    if (change.type === 'MessageUpdated') this.#expect(typeof before === 'string', `updated ${id}`)
    if (change.type === 'MessageDeleted') this.#expect(typeof before === 'string', `deleted ${id}`)
    if ('message' in change) this.texts.set(id, change.message.text)
    if (change.type === 'MessageDeleted') this.texts.set(id, null)
  }

  #expect(holds: boolean, received: string): void {
    if (!holds) this.inconsistencies.push(received)
  }
}

/** Sequences of steps of these types. */
export function arbitrarySteps(...types: readonly Step['type'][]): fc.Arbitrary<Step[]> {
  const of: Record<Step['type'], fc.Arbitrary<Step>> = {
    add: fc.constant({ type: 'add' }),
    system: fc.constant({ type: 'system' }),
    pass: fc.constant({ type: 'pass' }),
    late: fc.integer({ min: 1, max: 20 }).map((by) => ({ type: 'late', by })),
    edit: fc.nat().map((pick) => ({ type: 'edit', pick })),
    remove: fc.nat().map((pick) => ({ type: 'remove', pick })),
    'mark deleted': fc.nat().map((pick) => ({ type: 'mark deleted', pick })),
    read: fc.option(fc.nat(30)).map((back) => ({ type: 'read', back })),
  }
  return fc.array(fc.oneof(...types.map((type) => of[type])), { maxLength: 60 })
}

/** The text that a client sees; null where the message is deleted. */
export function textOf({ state, text }: Message): string | null {
  return state === 'DELETED' ? null : text
}
