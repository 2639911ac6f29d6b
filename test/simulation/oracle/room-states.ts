import type { MessageVisibility } from '../../../src/domain/model.ts'
import type { History, HistoryEntry } from './history.ts'

/** A change of a room's state, as one view sees it. */
export interface StateCommit {
  /** In milliseconds of the scenario's clock. */
  readonly at: number
  readonly room: string
  readonly view: MessageVisibility
  readonly state: string
  /** Whether the provider wrote no message about it. */
  readonly hasNoMessage: boolean
}

/** A room's state as text. */
export function stateText(room: {
  readonly status: string
  readonly agents: readonly unknown[]
  readonly tags: readonly string[]
}): string {
  return [room.status, `${room.agents.length} agents`, ...room.tags].join(', ')
}

/** The state in an entry, and the time by which it was read; null where the entry has none. */
function stateIn(entry: HistoryEntry): { readonly state: string; readonly readBy: number } | null {
  if (entry.type === 'start' && entry.page) return { state: entry.page.state, readBy: entry.page.readAt }
  if (entry.type !== 'event' || entry.event.type !== 'room updated') return null
  return { state: entry.event.state, readBy: entry.at }
}

/** The last state that a subscriber received; null where it received none. */
export function lastReceivedState({ entries }: History): string | null {
  return entries.map(stateIn).findLast((received) => received !== null)?.state ?? null
}

/** What is wrong with the sequence of states that a subscriber received. */
export function checkStates(history: History, states: readonly StateCommit[]): readonly string[] {
  const expected = statesFor(history, states)
  const violations: string[] = []
  let place = 0
  for (const entry of history.entries) {
    const received = stateIn(entry)
    if (!received || expected.length === 0) continue
    const index = expected.findIndex(
      ({ state, at }, number) => number >= place && state === received.state && at <= received.readBy,
    )
    if (index < 0) violations.push(`received the state "${received.state}", which the room did not have then`)
    else place = index
  }
  return violations
}

/**
 * The state that a subscriber must know in the end and does not, as text; null where it knows it. A subscription that started
 * now knows none until the state changes. A change without a message may precede the first read.
 */
export function undeliveredState(history: History, states: readonly StateCommit[]): string | null {
  if (history.stream === 'messageAdded') return null
  const expected = statesFor(history, states)
  const last = expected.at(-1)
  if (!last) return null
  const received = lastReceivedState(history)
  if (received !== null)
    return received === last.state ? null : `last received "${received}", but the room is "${last.state}"`
  const firstEventAt = history.entries.find(({ type }) => type === 'event')?.at ?? Number.POSITIVE_INFINITY
  const isDue = expected.some(({ at, hasNoMessage }) => at > firstEventAt && !hasNoMessage)
  return isDue ? `received no state, but the room became "${last.state}"` : null
}

function statesFor({ room, view }: History, states: readonly StateCommit[]): readonly StateCommit[] {
  return states.filter((one) => one.room === room && one.view === view)
}
