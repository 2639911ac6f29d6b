import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Elapsed } from '../ui/elapsed.tsx'
import type { RoomSignals } from './use-room-signals.ts'

interface QueueFactProps {
  readonly queue: NonNullable<RoomSignals['queue']>
}

/** The place of a room in the queue: its position, and how long it waits. */
export function QueueFact({ queue: { position, since } }: QueueFactProps) {
  const { details: t, inbox } = useTexts()
  const { number } = useFormats()
  return (
    <span className="queue-place">
      {position != null && <strong>{t.position(number(position))}</strong>}
      {since ? <Elapsed since={since} label={t.waitingFor} /> : inbox.statuses.QUEUED}
    </span>
  )
}
