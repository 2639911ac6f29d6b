import { RoomDetails } from '../details/room-details.tsx'
import { RoomView } from '../room/room-view.tsx'
import { useConversation } from '../room/use-conversation.ts'
import { useRoomSignals } from '../room/use-room-signals.ts'
import { Pane, PaneContext, usePane } from './pane.tsx'

/** One conversation and the pane beside it, from one live state. */
export function OpenRoom({ roomId }: { readonly roomId: string }) {
  const live = useConversation(roomId)
  const { conversation } = live
  const newest = conversation?.messages.findLast(({ author }) => author?.role === 'VISITOR')
  const signals = useRoomSignals(roomId, conversation?.room ?? null, newest?.id)
  const pane = usePane()
  return (
    <PaneContext value={pane}>
      <RoomView live={live} signals={signals} />
      {conversation && (
        <Pane>
          <RoomDetails conversation={conversation} signals={signals} onChanged={live.refresh} />
        </Pane>
      )}
    </PaneContext>
  )
}
