import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import type { Texts } from '../texts/en/index.ts'
import { visibleText } from './text/visible-text.ts'

type SystemMessage = Pick<ConsoleMessageFragment, 'systemEvent' | 'author' | 'text'>

/**
 * What a system message reports, in words. A message without an author is a sentence of the provider already (LiveChat); with
 * one it is often only a name (Rocket.Chat), so that the sentence follows from the kind of event. Null if there is nothing to say.
 */
export function describeSystemMessage(
  { systemEvent, author, text }: SystemMessage,
  { eventsBy, events, closedWith }: Texts['conversation'],
): string | null {
  const kind = systemEvent ?? 'OTHER'
  const name = author?.name ?? null
  const said = visibleText(text).trim()
  if (kind === 'OTHER') return said || null
  if (name === null) return said || events[kind]
  const event = eventsBy[kind](visibleText(name))
  return kind === 'CLOSED' && said !== '' ? closedWith(event, said) : event
}
