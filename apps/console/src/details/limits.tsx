import type { Capability } from '../../generated/graphql.ts'
import type { Conversation } from '../room/conversation.ts'
import { permissionFor } from '../room/permissions.ts'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { Section } from './section.tsx'

/** What an operator expects to be able to do in a conversation. */
const expected = [
  'SEND_MESSAGE',
  'SEND_NOTE',
  'SEND_FILE',
  'UPDATE_MESSAGE',
  'DELETE_MESSAGE',
  'ASSIGN_ROOM',
  'TRANSFER_ROOM',
  'REQUEUE_ROOM',
  'SET_TAGS',
  'CLOSE_ROOM',
] as const satisfies readonly Capability[]

/** The actions that are not allowed here, and why. */
export function Limits({ room }: { readonly room: Conversation['room'] }) {
  const { details: t } = useTexts()
  const { number } = useFormats()
  const refused = expected.flatMap((capability) => {
    const { allowed, reason } = permissionFor(room, capability)
    return allowed ? [] : [{ capability, reason }]
  })
  if (refused.length === 0) return null
  return (
    <Section id="limits" title={t.limits} count={number(refused.length)}>
      <ul className="limits">
        {refused.map(({ capability, reason }) => (
          <li key={capability}>
            <strong>{t.actions[capability]}</strong> <span>{reason ?? t.notPossible}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
