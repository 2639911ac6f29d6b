import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useAlerts } from '../alerts/alerts.tsx'
import { useOwnAgents } from '../providers/own-agents.ts'
import { agentKey, isActive, isServedBy, type ListedRoom } from './listed-room.ts'
import { ReadMarks } from './read-marks.ts'
import { type ActiveRooms, useActiveRooms } from './use-active-rooms.ts'

/** What every page knows about the conversations. */
export interface Inbox extends ActiveRooms {
  readonly ownAgentKeys: ReadonlySet<string>
  /** Whether the visitor has written since the operator last opened the room, and nobody has answered. */
  readonly isUnread: (room: ListedRoom) => boolean
  /** The number of unread rooms. */
  readonly unread: number
}

export const InboxContext = createContext<Inbox | null>(null)

/** The conversations; only inside the shell. */
export function useInbox(): Inbox {
  const inbox = useContext(InboxContext)
  if (!inbox) throw new Error('useInbox is used outside of the shell')
  return inbox
}

/** Follows the conversations while the console is open, and alerts the operator. `openId` is the open room. */
export function useInboxReader(openId: string | null): Inbox {
  const { agents, operator } = useOwnAgents()
  const alert = useAlerts()
  const ownAgentKeys = useMemo(
    () => new Set(agents.map(({ provider, nativeId }) => agentKey(provider.name, nativeId))),
    [agents],
  )
  const active = useActiveRooms((after, before) => {
    const isNews = after.unansweredAt !== null && after.unansweredAt > (before?.unansweredAt ?? '')
    const isRead = after.room.id === openId && document.hasFocus()
    if (isNews && !isRead && concerns(after, ownAgentKeys)) alert(after.room)
  })
  const marks = useMemo(() => new ReadMarks(operator ?? ''), [operator])
  const readAt = useSyncExternalStore(marks.subscribe, marks.current)
  useReading(marks, openId === null ? undefined : active.rooms.get(openId))
  return useMemo(() => {
    const isUnread = (listed: ListedRoom) =>
      listed.unansweredAt !== null &&
      concerns(listed, ownAgentKeys) &&
      listed.unansweredAt > (readAt[listed.room.id] ?? '')
    const unread = [...active.rooms.values()].filter(isUnread).length
    return { ...active, ownAgentKeys, isUnread, unread }
  }, [active, ownAgentKeys, readAt])
}

/** Rooms of other agents are not this operator's business. */
function concerns({ room }: ListedRoom, ownAgentKeys: ReadonlySet<string>): boolean {
  return isActive(room) && (room.agents.length === 0 || isServedBy(room, ownAgentKeys))
}

/** Marks the open room as read while its page is visible. */
function useReading(marks: ReadMarks, open: ListedRoom | undefined): void {
  const id = open?.room.id
  const at = open?.unansweredAt
  useEffect(() => {
    if (!id || !at) return
    const mark = () => {
      if (document.visibilityState === 'visible') marks.mark(id, at)
    }
    mark()
    document.addEventListener('visibilitychange', mark)
    return () => document.removeEventListener('visibilitychange', mark)
  }, [marks, id, at])
}
