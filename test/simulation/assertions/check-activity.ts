import type { AccountConnection, AccountSubscriber } from '../clients/account-subscriber.ts'
import type { Commit } from '../oracle/ledger.ts'

/** Something was done to a room, be it in vain. */
export interface RoomAction {
  /** In milliseconds of the script's clock, before it was done. */
  readonly at: number
  /** Global. */
  readonly room: string
  /** How many changes of the room it is at the most. */
  readonly changes: number
}

/** What happened so long before a beginning may be told by a look that had begun before, or that others waited for. */
const VAGUE_MS = 2_000

/**
 * Whether anybody was told of a room in which nothing happened, or more often than things happened in it: each look tells
 * of a room once. Where looks fail, what happened long before a beginning may be told; `isTroubled` says so.
 */
export function checkActivity(
  dashboards: readonly Pick<AccountSubscriber, 'name' | 'connections'>[],
  deeds: readonly RoomAction[],
  isTroubled: boolean,
): readonly string[] {
  const vagueMs = isTroubled ? Number.POSITIVE_INFINITY : VAGUE_MS
  return dashboards.flatMap(({ name, connections: sights }) =>
    sights.flatMap((sight) =>
      sight.delivered.flatMap(({ at, what }, index) => {
        const before = sight.delivered.slice(0, index).filter((told) => told.what === what)
        const since = (from: number) =>
          deeds
            .filter((deed) => deed.room === what && deed.at >= from - vagueMs && deed.at <= at)
            .reduce((sum, { changes }) => sum + changes, 0)
        const happened = since(sight.from)
        if (before.length < happened && since(before.at(-1)?.at ?? sight.from) > 0) return []
        return `${name}: was told of ${what} once more after ${before.length} times, with ${happened} things happened`
      }),
    ),
  )
}

/** The rooms of which a dashboard has not been told since the last thing that was said in them while it was there. */
export function undeliveredRooms(sight: AccountConnection, commits: readonly Commit[]): readonly string[] {
  const [first] = sight.delivered
  if (!first) return []
  const last = new Map<string, number>()
  for (const { type: what, room, at } of commits) if (what === 'added' && at > first.at) last.set(room, at)
  return [...last].flatMap(([room, at]) =>
    sight.delivered.some((told) => told.what === room && told.at >= at) ? [] : room,
  )
}
