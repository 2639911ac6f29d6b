import { Avatar } from '../room/avatar.tsx'
import type { Conversation } from '../room/conversation.ts'
import type { RoomSignals } from '../room/use-room-signals.ts'
import { useTexts } from '../texts/language-context.tsx'
import { Contact } from './contact.tsx'
import { ConversationFacts } from './conversation-facts.tsx'
import { EarlierRooms } from './earlier-rooms.tsx'
import { FormAnswers } from './form-answers.tsx'
import { Limits } from './limits.tsx'
import { TagEditor } from './tag-editor.tsx'

export interface RoomDetailsProps {
  readonly conversation: Conversation
  readonly signals: RoomSignals
  /** Reads the room's state again. */
  readonly onChanged: () => Promise<unknown>
}

/** What is known about a conversation and its visitor. */
export function RoomDetails({ conversation: { room, messages }, signals, onChanged }: RoomDetailsProps) {
  const { general } = useTexts()
  const { visitor } = room
  const name = visitor?.name ?? visitor?.email ?? general.visitor
  return (
    <>
      <div className="visitor-card">
        <Avatar name={name} id={visitor?.nativeId ?? room.id} />
        <h3>
          <bdi>{name}</bdi>
        </h3>
      </div>
      <Contact visitor={visitor ?? null} />
      <TagEditor room={room} onChanged={onChanged} />
      <ConversationFacts room={room} signals={signals} />
      <FormAnswers messages={messages} />
      <EarlierRooms room={room} />
      <Limits room={room} />
    </>
  )
}
