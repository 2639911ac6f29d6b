import type { MessageVisibility } from '../../../src/domain/model.ts'
import type { History, HistoryEntry } from './history.ts'

/** A state that a room came to, as one view is shown it. */
export interface StateCommit {
  /** When, in milliseconds of the script's clock. */
  readonly at: number
  readonly room: string
  readonly view: MessageVisibility
  readonly state: string
  /** Whether no message tells of it. */
  readonly hasNoMessage: boolean
}

/** A room's state in words. */
export function stateText(room: {
  readonly status: string
  readonly agents: readonly unknown[]
  readonly tags: readonly string[]
}): string {
  return [room.status, `${room.agents.length} agents`, ...room.tags].join(', ')
}

/** The state that an entry gives, and by when it was the room's; null where it gives none. */
function stateIn(entry: HistoryEntry): { readonly state: string; readonly by: number } | null {
  if (entry.what === 'start' && entry.page) return { state: entry.page.state, by: entry.page.readAt }
  if (entry.what !== 'event' || entry.told.type !== 'room updated') return null
  return { state: entry.told.state, by: entry.at }
}

/** What a subscriber concludes of the room's state in the end; null where it was never given any. */
export function concludedState({ entries: heard }: History): string | null {
  return heard.map(stateIn).findLast((given) => given !== null)?.state ?? null
}

/** What is wrong with the states that a subscriber was given, one after the other. */
export function checkStates(history: History, states: readonly StateCommit[]): readonly string[] {
  const own = ownStates(history, states)
  const wrong: string[] = []
  let place = 0
  for (const entry of history.entries) {
    const given = stateIn(entry)
    if (!given || own.length === 0) continue
    const index = own.findIndex(
      ({ state, at }, number) => number >= place && state === given.state && at <= given.by,
    )
    if (index < 0) wrong.push(`was given the state "${given.state}", which the room did not have, or no more`)
    else place = index
  }
  return wrong
}

/**
 * The state that a subscriber should know in the end and does not, in words; null where it knows it. One that began now
 * knows none until the state changes; a change that no message tells of may come before what it began with was read.
 */
export function undeliveredState(history: History, states: readonly StateCommit[]): string | null {
  if (history.stream === 'messageAdded') return null
  const own = ownStates(history, states)
  const last = own.at(-1)
  if (!last) return null
  const known = concludedState(history)
  if (known !== null)
    return known === last.state ? null : `concludes "${known}", but the room is "${last.state}"`
  const begun = history.entries.find(({ what }) => what === 'event')?.at ?? Number.POSITIVE_INFINITY
  const isDue = own.some(({ at, hasNoMessage: hasNoMessage }) => at > begun && !hasNoMessage)
  return isDue ? `was given no state, but the room became "${last.state}"` : null
}

function ownStates({ room, view }: History, states: readonly StateCommit[]): readonly StateCommit[] {
  return states.filter((one) => one.room === room && one.view === view)
}
