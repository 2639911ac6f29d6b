import type { Revocation } from '../driver/revoked-credentials.ts'
import { connectionsOf } from '../oracle/connections.ts'
import type { History, HistoryEntry } from '../oracle/history.ts'
import type { Commit } from '../oracle/ledger.ts'
import { lifecyclesOf, versionOf } from '../oracle/message-lifecycle.ts'

export interface RevocationEvidence {
  readonly commits: readonly Commit[]
  readonly histories: readonly History[]
  readonly revocations: readonly Revocation[]
  /** The rooms that are polled only with the visitor's token. */
  readonly roomsOfVisitorsOnly: ReadonlySet<string>
}

/**
 * Whether a revoked token received later commits. In a room that is polled only with the token, those are the commits after the
 * revocation; elsewhere the commits after a stream of the token was first rejected.
 */
export function checkRevokedTokens(evidence: RevocationEvidence): readonly string[] {
  const { commits, histories, revocations, roomsOfVisitorsOnly } = evidence
  return revocations.flatMap(({ room, at }) => {
    const lifecycles = lifecyclesOf(commits, room, 'EVERYONE')
    const ofToken = histories.filter((history) => history.room === room && history.view === 'EVERYONE')
    const rejections = ofToken.flatMap(rejectionsOf)
    return ofToken.flatMap((history) =>
      history.entries.flatMap((entry, index) => {
        const commit = commitIn(entry, lifecycles)
        if (!commit) return []
        const gateway = connectionsOf(history).findLast((connection) => connection.index < index)?.gateway
        const rejectedAt = rejections.filter((one) => one.gateway === gateway).map((one) => one.at)
        const since = roomsOfVisitorsOnly.has(room) ? at : Math.min(...rejectedAt)
        return commit.at > since ? `${history.name}: received ${commit.message.id} with a revoked token` : []
      }),
    )
  })
}

function rejectionsOf(history: History): readonly { readonly gateway: number; readonly at: number }[] {
  return history.entries.flatMap(({ type, at }, index) => {
    const connection = connectionsOf(history).findLast((other) => other.index < index)
    return type === 'rejected' && connection ? { gateway: connection.gateway, at } : []
  })
}

/** The commit that an entry delivers; undefined where it delivers none. */
function commitIn(entry: HistoryEntry, lifecycles: ReturnType<typeof lifecyclesOf>): Commit | undefined {
  if (entry.type !== 'event' || !('id' in entry.event)) return undefined
  const message = lifecycles.get(entry.event.id)
  if (!message) return undefined
  return 'text' in entry.event
    ? message.versions[versionOf(message, entry.event.text)]
    : (message.deleted ?? undefined)
}
