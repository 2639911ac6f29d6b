import type { AccountConnection, AccountSubscriber } from '../clients/account-subscriber.ts'
import type { Commit } from '../oracle/ledger.ts'

/** Something that was done to a room, with or without effect. */
export interface RoomAction {
  /** In milliseconds of the scenario's clock, before it was done. */
  readonly at: number
  /** Global id. */
  readonly room: string
  /** The most changes of the room that it can cause. */
  readonly changes: number
}

/** A subscriber may receive changes this much older than its start, because a poll can be shared with earlier subscribers. */
const START_TOLERANCE_MS = 2_000
/** The same where a gateway continues the polls of another one that has ended within the last ten seconds. */
const SHARED_START_TOLERANCE_MS = 12_000

export interface ActivityCheckOptions {
  /** Whether polls can fail: a new subscriber may receive much older changes then. */
  readonly hadFaults: boolean
  /** Whether all gateways share one database. */
  readonly isStoreShared: boolean
}

/** Whether a subscriber received a room without a change, or more often than it changed: each poll reports a room once. */
export function checkActivity(
  subscribers: readonly Pick<AccountSubscriber, 'name' | 'connections'>[],
  actions: readonly RoomAction[],
  { hadFaults, isStoreShared }: ActivityCheckOptions,
): readonly string[] {
  const toleranceMs = hadFaults ? Number.POSITIVE_INFINITY : START_TOLERANCE_MS
  const startToleranceMs = isStoreShared && !hadFaults ? SHARED_START_TOLERANCE_MS : toleranceMs
  return subscribers.flatMap(({ name, connections }) =>
    connections.flatMap((connection) =>
      connection.delivered.flatMap(({ at, item }, index) => {
        const earlier = connection.delivered.slice(0, index).filter((other) => other.item === item)
        const changesSince = (from: number) =>
          actions
            .filter((action) => action.room === item && action.at >= from && action.at <= at)
            .reduce((sum, { changes }) => sum + changes, 0)
        const total = changesSince(connection.from - startToleranceMs)
        const last = earlier.at(-1)
        const hasChanged = last === undefined || changesSince(last.at - toleranceMs) > 0
        if (earlier.length < total && hasChanged) return []
        return `${name}: received ${item} again after ${earlier.length} times, with ${total} changes`
      }),
    ),
  )
}

/** The rooms that a subscriber has not received since their last message while it was connected. */
export function undeliveredRooms(
  connection: AccountConnection,
  commits: readonly Commit[],
): readonly string[] {
  const [first] = connection.delivered
  if (!first) return []
  const lastByRoom = new Map<string, number>()
  for (const { type, room, at } of commits) if (type === 'added' && at > first.at) lastByRoom.set(room, at)
  return [...lastByRoom].flatMap(([room, at]) =>
    connection.delivered.some((delivery) => delivery.item === room && delivery.at >= at) ? [] : room,
  )
}
