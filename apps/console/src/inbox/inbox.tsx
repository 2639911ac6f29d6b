import { useState } from 'react'
import { RoomView } from '../room/room-view.tsx'
import { RoomList } from './room-list.tsx'
import type { InboxFilter } from './room-order.ts'

/** The list of rooms next to the open room; on a phone one of the two. */
export function Inbox({ roomId }: { readonly roomId: string | null }) {
  const [filter, setFilter] = useState<InboxFilter>({ status: '', provider: '' })
  return (
    <main className={roomId === null ? 'inbox' : 'inbox reading'}>
      <RoomList openId={roomId} filter={filter} onFilter={setFilter} />
      {roomId === null ? (
        <p className="nothing">Choose a conversation.</p>
      ) : (
        <RoomView key={roomId} roomId={roomId} />
      )}
    </main>
  )
}
