import { connectionsOf, hasLogPosition, MAX_EXACT_COMMITS } from '../oracle/connections.ts'
import type { History } from '../oracle/history.ts'
import type { Commit } from '../oracle/ledger.ts'

/** Gaps that an event log prevents as long as it holds what follows the cursor. */
const PREVENTED = new Set(['CURSOR_EXPIRED', 'HISTORY_LIMIT'])

/** Whether a subscriber received a gap although the event log that all gateways share could continue from its cursor. */
export function checkNeedlessGaps(history: History, commits: readonly Commit[]): readonly string[] {
  const connections = connectionsOf(history)
  return connections.flatMap((connection, number) => {
    const next = connections[number + 1]?.index
    const previousUntil = connections[number - 1]?.until ?? connection.from
    const since = Math.min(connection.from, previousUntil) - 1_000
    const meanwhile = commits.filter(({ at }) => at >= since && at <= connection.firstEventAt)
    if (connection.isStart || !hasLogPosition(connection) || meanwhile.length > MAX_EXACT_COMMITS) return []
    return history.entries
      .slice(connection.index, next)
      .flatMap((entry) =>
        entry.type === 'event' && entry.event.type === 'gap' && PREVENTED.has(entry.event.reason)
          ? `received a gap (${entry.event.reason}) although the event log holds what follows its cursor (entry ${connection.index})`
          : [],
      )
  })
}
