import type { Capability } from '../../generated/graphql.ts'
import { hrefOf } from '../route.ts'
import { ProviderBadge } from '../ui/provider-badge.tsx'
import { CloseForm } from './close-form.tsx'
import type { Conversation } from './conversation.ts'
import { permissionFor } from './permissions.ts'

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

/** The participants of a room, and its actions. */
export function RoomHeader({ room, onClosed }: RoomHeaderProps) {
  const { visitor, provider, agents, department, tags } = room
  return (
    <header className="room-header">
      <a className="back" href={hrefOf({ page: 'inbox', roomId: null })}>
        Back
      </a>
      <h1>{visitor?.name ?? visitor?.email ?? 'A visitor'}</h1>
      <p className="facts">
        <ProviderBadge {...provider} />
        {department?.name && <span>{department.name}</span>}
        <span>
          {agents.length === 0 ? 'no agent' : agents.map(({ name }) => name ?? 'an agent').join(', ')}
        </span>
        {tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </p>
      <Doings room={room} />
      {permissionFor(room, 'CLOSE_ROOM').allowed && <CloseForm roomId={room.id} onClosed={onClosed} />}
    </header>
  )
}

/** The actions that are not allowed here, and why. */
function Doings({ room }: Pick<RoomHeaderProps, 'room'>) {
  const refused = doings
    .map((doing) => ({ ...doing, ...permissionFor(room, doing.capability) }))
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
