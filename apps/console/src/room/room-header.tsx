import { AssignMenu } from '../assignment/assign-menu.tsx'
import { AssignmentFailure } from '../assignment/assignment-failure.tsx'
import { useAssignment } from '../assignment/use-assignment.ts'
import { useShortcuts } from '../frame/shortcuts.tsx'
import { BackLink } from '../inbox/back-link.tsx'
import { PaneToggle } from '../inbox/pane.tsx'
import { useTexts } from '../texts/language-context.tsx'
import { ProviderBadge } from '../ui/provider-badge.tsx'
import { CloseForm } from './close-form.tsx'
import type { Conversation } from './conversation.ts'
import { permissionFor } from './permissions.ts'
import { QueueFact } from './queue-fact.tsx'
import type { RoomSignals } from './use-room-signals.ts'

interface RoomHeaderProps {
  readonly room: Conversation['room']
  readonly signals: RoomSignals
  /** Reads the room's state again. */
  readonly onChanged: () => Promise<void>
}

/** The visitor of a room, its state, and the actions of its agents. */
export function RoomHeader({ room, signals, onChanged }: RoomHeaderProps) {
  const { general, assignment: a, inbox } = useTexts()
  const assignment = useAssignment(room, onChanged)
  const { visitor, provider, department, status } = room
  const canTake = status === 'QUEUED' && permissionFor(room, 'TAKE_ROOM').allowed
  const take = () => assignment.assign({ type: 'self' })
  useShortcuts('conversation', canTake ? [{ keys: 't', label: a.take, run: take }] : [])
  return (
    <>
      <header className="room-header">
        <BackLink />
        <div className="room-title">
          <h1>
            <bdi>{visitor?.name ?? visitor?.email ?? general.visitor}</bdi>
          </h1>
          <p className="facts">
            <ProviderBadge {...provider} />
            {signals.queue ? (
              <QueueFact queue={signals.queue} />
            ) : (
              <span className={`status ${status.toLowerCase()}`}>{inbox.statuses[status]}</span>
            )}
            {department?.name && <span>{department.name}</span>}
          </p>
        </div>
        <div className="room-actions">
          {canTake && (
            <button type="button" disabled={assignment.isBusy} onClick={take}>
              {a.takeShort}
            </button>
          )}
          <AssignMenu room={room} isBusy={assignment.isBusy} onAssign={assignment.assign} />
          <CloseForm room={room} onClosed={onChanged} />
          <PaneToggle />
        </div>
      </header>
      <AssignmentFailure assignment={assignment} />
    </>
  )
}
