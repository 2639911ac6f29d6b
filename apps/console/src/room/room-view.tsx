import { FaultList } from '../ui/error-list.tsx'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'
import { allowanceOf } from './permissions.ts'
import { RoomHeader } from './room-header.tsx'
import { useConversation } from './use-conversation.ts'

/** One conversation, live. */
export function RoomView({ roomId }: { readonly roomId: string }) {
  const live = useConversation(roomId)
  const { conversation, isLoading, faults, still, take, readEarlier, refresh } = live
  if (!conversation) {
    return (
      <section className="open-room" aria-label="Conversation">
        <FaultList faults={faults} />
        {faults.length === 0 && (
          <p className="nothing">{isLoading ? 'Loading…' : 'There is no such conversation.'}</p>
        )}
      </section>
    )
  }
  const { room, messages, earlier } = conversation
  return (
    <section className="open-room" aria-label="Conversation">
      <RoomHeader room={room} onClosed={refresh} />
      <FaultList faults={faults} />
      {still !== null && <p className="note">This conversation does not go on by itself: {still}</p>}
      <MessageList
        messages={messages}
        mayEdit={allowanceOf(room, 'UPDATE_MESSAGE').allowed}
        mayDelete={allowanceOf(room, 'DELETE_MESSAGE').allowed}
        onEarlier={earlier === null ? null : readEarlier}
        onChanged={take}
      />
      <Composer roomId={room.id} allowance={allowanceOf(room, 'SEND_MESSAGE')} onSent={take} />
    </section>
  )
}
