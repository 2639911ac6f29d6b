import type { Capability } from '../../generated/graphql.ts'
import { addressOf } from '../route.ts'
import { ProviderBadge } from '../ui/provider-badge.tsx'
import { CloseForm } from './close-form.tsx'
import type { Conversation } from './conversation.ts'
import { allowanceOf } from './permissions.ts'

const doings: readonly { readonly capability: Capability; readonly name: string }[] = [
  { capability: 'SEND_MESSAGE', name: 'Reply' },
  { capability: 'UPDATE_MESSAGE', name: 'Edit messages' },
  { capability: 'DELETE_MESSAGE', name: 'Delete messages' },
  { capability: 'CLOSE_ROOM', name: 'Close' },
]

interface RoomHeaderProps {
  readonly room: Conversation['room']
  readonly onClosed: () => Promise<void>
}

/** Who talks with whom, and what can be done about it. */
export function RoomHeader({ room, onClosed }: RoomHeaderProps) {
  const { visitor, provider, agents, department, tags } = room
  return (
    <header className="room-header">
      <a className="back" href={addressOf({ page: 'inbox', roomId: null })}>
        Back
      </a>
      <h1>{visitor?.name ?? visitor?.email ?? 'A visitor'}</h1>
      <p className="facts">
        <ProviderBadge {...provider} />
        {department?.name && <span>{department.name}</span>}
        <span>
          {agents.length === 0 ? 'nobody serves it' : agents.map(({ name }) => name ?? 'an agent').join(', ')}
        </span>
        {tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </p>
      <Doings room={room} />
      {allowanceOf(room, 'CLOSE_ROOM').allowed && <CloseForm roomId={room.id} onClosed={onClosed} />}
    </header>
  )
}

/** What may not be done here, and why. */
function Doings({ room }: Pick<RoomHeaderProps, 'room'>) {
  const refused = doings
    .map((doing) => ({ ...doing, ...allowanceOf(room, doing.capability) }))
    .filter(({ allowed }) => !allowed)
  if (refused.length === 0) return null
  return (
    <details className="doings">
      <summary>Not everything can be done here</summary>
      <ul>
        {refused.map(({ capability, name, reason }) => (
          <li key={capability}>
            <strong>{name}:</strong> {reason ?? 'not possible here.'}
          </li>
        ))}
      </ul>
    </details>
  )
}
