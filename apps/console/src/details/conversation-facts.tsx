import type { Conversation } from '../room/conversation.ts'
import { QueueFact } from '../room/queue-fact.tsx'
import type { RoomSignals } from '../room/use-room-signals.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Elapsed } from '../ui/elapsed.tsx'
import { Timestamp } from '../ui/timestamp.tsx'
import { Fact, Facts } from './facts.tsx'
import { Rating } from './rating.tsx'
import { Section } from './section.tsx'

interface ConversationFactsProps {
  readonly room: Conversation['room']
  readonly signals: RoomSignals
}

/** Where the conversation stands: its state, times, queue and rating, and the fields of the room. */
export function ConversationFacts({ room, signals }: ConversationFactsProps) {
  const { details: t, general, inbox } = useTexts()
  const { list, duration } = useFormats()
  const { queue, seenUpTo } = signals
  const isClosed = room.status === 'CLOSED'
  return (
    <Section id="conversation" title={t.conversation}>
      <Facts>
        <Fact name={t.status}>
          <span className={`status ${room.status.toLowerCase()}`}>{inbox.statuses[room.status]}</span>
        </Fact>
        <Fact name={t.provider}>{room.provider.name}</Fact>
        <Fact name={t.department}>{room.department?.name}</Fact>
        <Fact name={t.agents}>{list(room.agents.map(({ name }) => name ?? general.agent))}</Fact>
        <Fact name={t.queue}>{queue && <QueueFact queue={queue} />}</Fact>
        <Fact name={t.wait}>
          {queue?.estimatedWaitMs != null && t.estimatedWait(duration(queue.estimatedWaitMs))}
        </Fact>
        <Fact name={t.opened}>{room.createdAt && <Timestamp at={room.createdAt} />}</Fact>
        <Fact name={t.firstResponse}>{room.firstResponseAt && <Timestamp at={room.firstResponseAt} />}</Fact>
        <Fact name={t.unanswered}>
          {!isClosed && room.unansweredSince && <Elapsed since={room.unansweredSince} />}
        </Fact>
        <Fact name={t.seenUpTo}>{seenUpTo && <Timestamp at={seenUpTo} />}</Fact>
        <Fact name={t.closed}>{room.closedAt && <Timestamp at={room.closedAt} />}</Fact>
        <Fact name={t.closedBy}>
          {room.closedBy &&
            (room.closedBy.name ?? (room.closedBy.role === 'VISITOR' ? general.visitor : general.agent))}
        </Fact>
        <Fact name={t.rating}>
          {room.rating && <Rating rating={room.rating} kind={room.provider.kind} />}
        </Fact>
        {room.customFields.map(({ key, value }) => (
          <Fact key={key} name={key}>
            {value}
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}
