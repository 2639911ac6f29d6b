import { ErrorList } from '../ui/error-list.tsx'
import { Composer } from './composer.tsx'
import { MessageList } from './message-list.tsx'
import { permissionFor } from './permissions.ts'
import { RoomHeader } from './room-header.tsx'
import { useConversation } from './use-conversation.ts'
import { useTyping } from './use-typing.ts'

/** One conversation, updated live. */
export function RoomView({ roomId }: { readonly roomId: string }) {
  const live = useConversation(roomId)
  const { conversation, isLoading, errors, still, take, readEarlier, refresh } = live
  const newest = conversation?.messages.findLast(({ author }) => author?.role === 'VISITOR')
  const typing = useTyping(roomId, newest?.id)
  if (!conversation) {
    return (
      <section className="open-room" aria-label="Conversation">
        <ErrorList errors={errors} />
        {errors.length === 0 && (
          <p className="nothing">{isLoading ? 'Loading…' : 'There is no such conversation.'}</p>
        )}
      </section>
    )
  }
  const { room, messages, earlier } = conversation
  return (
    <section className="open-room" aria-label="Conversation">
      <RoomHeader room={room} onClosed={refresh} />
      <ErrorList errors={errors} />
      {still !== null && <p className="note">This conversation does not go on by itself: {still}</p>}
      <MessageList
        messages={messages}
        mayEdit={permissionFor(room, 'UPDATE_MESSAGE').allowed}
        mayDelete={permissionFor(room, 'DELETE_MESSAGE').allowed}
        onEarlier={earlier === null ? null : readEarlier}
        onChanged={take}
      />
      <p className="typing" aria-live="polite">
        {typing}
      </p>
      <Composer
        roomId={room.id}
        permission={permissionFor(room, 'SEND_MESSAGE')}
        mayReportTyping={permissionFor(room, 'SET_TYPING').allowed}
        onSent={take}
      />
    </section>
  )
}
