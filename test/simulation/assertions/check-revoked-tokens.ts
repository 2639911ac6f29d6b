import type { Revocation } from '../driver/revoked-credentials.ts'
import { connectionsOf } from '../oracle/connections.ts'
import type { History, HistoryEntry } from '../oracle/history.ts'
import type { Commit } from '../oracle/ledger.ts'
import { lifecyclesOf, versionOf } from '../oracle/message-lifecycle.ts'

export interface RevocationEvidence {
  readonly commits: readonly Commit[]
  readonly histories: readonly History[]
  readonly revocations: readonly Revocation[]
  /** The rooms that are read for nobody but who comes with the visitor's token. */
  readonly roomsOfVisitorsOnly: ReadonlySet<string>
}

/**
 * Whether a revoked token was told of what was committed after the provider had refused it: where nobody else has the
 * room read that is what was committed after the revocation, else after a stream of that token was first refused.
 */
export function checkRevokedTokens({
  commits,
  histories,
  revocations,
  roomsOfVisitorsOnly: exclusive,
}: RevocationEvidence): readonly string[] {
  return revocations.flatMap(({ room, at }) => {
    const stories = lifecyclesOf(commits, room, 'EVERYONE')
    const own = histories.filter((history) => history.room === room && history.view === 'EVERYONE')
    const refusals = own.flatMap(refusalsOf)
    return own.flatMap((history) =>
      history.entries.flatMap((entry, index) => {
        const told = committed(entry, stories)
        if (!told) return []
        const gateway = connectionsOf(history).findLast((connection) => connection.index < index)?.gateway
        const refused = refusals.filter((refusal) => refusal.gateway === gateway).map((refusal) => refusal.at)
        const since = exclusive.has(room) ? at : Math.min(...refused)
        return told.at > since
          ? `${history.name}: was told of ${told.message.id} with a token that is revoked`
          : []
      }),
    )
  })
}

function refusalsOf(history: History): readonly { readonly gateway: number; readonly at: number }[] {
  return history.entries.flatMap(({ what, at }, index) => {
    const connection = connectionsOf(history).findLast((other) => other.index < index)
    return what === 'refused' && connection ? { gateway: connection.gateway, at } : []
  })
}

/** The commit of the version that an entry tells; undefined where it tells of none. */
function committed(entry: HistoryEntry, stories: ReturnType<typeof lifecyclesOf>): Commit | undefined {
  if (entry.what !== 'event' || !('id' in entry.told)) return undefined
  const story = stories.get(entry.told.id)
  if (!story) return undefined
  return 'text' in entry.told
    ? story.versions[versionOf(story, entry.told.text)]
    : (story.deleted ?? undefined)
}
