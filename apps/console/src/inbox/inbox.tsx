import { useInboxFilter } from '../route.ts'
import { useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'
import { OpenRoom } from './open-room.tsx'
import { RoomList } from './room-list.tsx'

/** The list of rooms, the open room and the pane beside it; on a phone one of them. */
export function Inbox({ roomId }: { readonly roomId: string | null }) {
  const { inbox } = useTexts()
  const filter = useInboxFilter()
  return (
    <main className={roomId === null ? 'inbox' : 'inbox reading'}>
      <RoomList openId={roomId} filter={filter} />
      {roomId === null ? (
        <div className="nothing">
          <Icon name="inbox" />
          <p>{inbox.choose}</p>
          <p className="faint">{inbox.chooseByKeys}</p>
        </div>
      ) : (
        <OpenRoom key={roomId} roomId={roomId} />
      )}
    </main>
  )
}
