import { AssignmentFailure } from '../assignment/assignment-failure.tsx'
import { useAssignment } from '../assignment/use-assignment.ts'
import { useOwnAgent, useOwnAgents } from '../providers/own-agents.ts'
import { useTexts } from '../texts/language-context.tsx'
import type { Conversation } from './conversation.ts'

interface TakeOverProps {
  readonly room: Conversation['room']
  /** Why the operator cannot reply now. */
  readonly reason: string
  readonly onTakenOver: () => Promise<void>
}

/** Offers a conversation that another agent serves: assigned to the operator's own agent, it can be replied to. */
export function TakeOver({ room, reason, onTakenOver }: TakeOverProps) {
  const { assignment: t } = useTexts()
  const { isLoaded } = useOwnAgents()
  const own = useOwnAgent(room.provider.name)
  const assignment = useAssignment(room, onTakenOver)
  return (
    <div className="note composer take-over">
      <p>{reason}</p>
      {own && (
        <button
          type="button"
          disabled={assignment.isBusy}
          onClick={() => assignment.assign({ type: 'agent', agentId: own.id })}
        >
          {t.takeOver}
        </button>
      )}
      {isLoaded && !own && <p className="hint">{t.noOwnAgent}</p>}
      <AssignmentFailure assignment={assignment} />
    </div>
  )
}
