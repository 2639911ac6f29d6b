import type { ConsoleRoomFragment, RoomStatus } from '../../generated/graphql.ts'
import { useReports } from '../providers/provider-reports.ts'
import { hrefOf } from '../route.ts'
import { ErrorList } from '../ui/error-list.tsx'
import { ProviderBadge } from '../ui/provider-badge.tsx'
import { Select } from '../ui/select.tsx'
import { Timestamp } from '../ui/timestamp.tsx'
import type { InboxFilter } from './room-order.ts'
import { useInbox } from './use-inbox.ts'

const statuses: Readonly<Record<RoomStatus, string>> = {
  QUEUED: 'Waiting',
  OPEN: 'Open',
  ON_HOLD: 'On hold',
  CLOSED: 'Closed',
  UNKNOWN: 'Unknown',
}

interface RoomListProps {
  readonly openId: string | null
  readonly filter: InboxFilter
  readonly onFilter: (filter: InboxFilter) => void
}

/** The rooms of all providers, latest activity first. */
export function RoomList({ openId, filter, onFilter }: RoomListProps) {
  const { rooms, errors, still, more } = useInbox(filter)
  const { providers } = useReports()
  return (
    <section className="rooms" aria-label="Conversations">
      <div className="filters">
        <Select
          label="Status"
          value={filter.status}
          options={statuses}
          onChange={(status) => onFilter({ ...filter, status })}
        />
        <Select
          label="Provider"
          value={filter.provider}
          options={Object.fromEntries(providers.map(({ name }) => [name, name]))}
          onChange={(provider) => onFilter({ ...filter, provider })}
        />
      </div>
      <ErrorList errors={errors} />
      {still !== null && <p className="note">This list does not move by itself: {still}</p>}
      {rooms === null && <p className="note">Loading…</p>}
      {rooms?.length === 0 && <p className="note">No conversations.</p>}
      <ul>
        {rooms?.map((room) => (
          <li key={room.id}>
            <RoomLink room={room} isOpen={room.id === openId} />
          </li>
        ))}
      </ul>
      {more && (
        <button type="button" className="quiet wide" onClick={more}>
          Show more
        </button>
      )}
    </section>
  )
}

function RoomLink({ room, isOpen }: { readonly room: ConsoleRoomFragment; readonly isOpen: boolean }) {
  const { id, provider, status, visitor, lastActivityAt, lastMessage } = room
  return (
    <a className="room" href={hrefOf({ page: 'inbox', roomId: id })} aria-current={isOpen || undefined}>
      <span className="who">{visitor?.name ?? visitor?.email ?? 'A visitor'}</span>
      {lastActivityAt && <Timestamp at={lastActivityAt} />}
      <span className="said">{lastWords(lastMessage)}</span>
      <span className="marks">
        <ProviderBadge {...provider} />
        <span className={`status ${status.toLowerCase()}`}>{statuses[status]}</span>
      </span>
    </a>
  )
}

function lastWords(message: ConsoleRoomFragment['lastMessage']): string {
  if (!message) return ''
  if (message.state === 'DELETED') return 'Message deleted'
  const text = message.text || (message.kind === 'FILE' ? 'A file' : '')
  return message.author?.role === 'AGENT' ? `${message.author.name ?? 'Agent'}: ${text}` : text
}
