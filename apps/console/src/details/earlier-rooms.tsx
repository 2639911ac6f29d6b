import type { Conversation } from '../room/conversation.ts'
import { hrefOf } from '../route.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { ErrorList } from '../ui/error-list.tsx'
import { Timestamp } from '../ui/timestamp.tsx'
import { Section } from './section.tsx'
import { type EarlierRoom, useEarlierRooms } from './use-earlier-rooms.ts'

interface EarlierRoomsProps {
  readonly room: Conversation['room']
}

/** The visitor's earlier conversations. At LiveChat they are in the same room. */
export function EarlierRooms({ room }: EarlierRoomsProps) {
  const { details: t } = useTexts()
  if (!room.visitor) return null
  return (
    <Section id="earlier" title={t.earlier}>
      {room.provider.kind === 'LIVECHAT' ? (
        <p className="hint">{t.earlierInSameRoom}</p>
      ) : (
        <EarlierSearch room={room} />
      )}
    </Section>
  )
}

function EarlierSearch({ room }: EarlierRoomsProps) {
  const { details: t } = useTexts()
  const { number } = useFormats()
  const { found, searched, isBusy, errors, search } = useEarlierRooms(room)
  return (
    <>
      <ErrorList errors={errors} />
      <ul className="earlier">
        {found.map((earlier) => (
          <li key={earlier.id}>
            <EarlierLink room={earlier} />
          </li>
        ))}
      </ul>
      <p className="hint" role="status">
        {searched > 0 && (search ? t.searched(searched, number(searched)) : t.searchedAll(found.length))}
      </p>
      {search && (
        <button type="button" className="quiet small" disabled={isBusy} onClick={search}>
          {isBusy ? t.searching : searched === 0 ? t.searchEarlier : t.searchFurther}
        </button>
      )}
    </>
  )
}

function EarlierLink({ room }: { readonly room: EarlierRoom }) {
  const { general } = useTexts()
  const { id, createdAt, closedAt, lastActivityAt, lastMessage } = room
  const at = closedAt ?? lastActivityAt ?? createdAt
  return (
    <a href={hrefOf({ page: 'inbox', roomId: id })}>
      {at && <Timestamp at={at} />}
      <span dir="auto">{lastMessage?.state === 'DELETED' ? general.messageDeleted : lastMessage?.text}</span>
    </a>
  )
}
