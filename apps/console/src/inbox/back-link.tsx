import { hrefOf, useInboxFilter } from '../route.ts'
import { useTexts } from '../texts/language-context.tsx'
import { Icon } from '../ui/icon.tsx'

/** Leads back from a conversation to the list as it was, on a phone. */
export function BackLink() {
  const { room } = useTexts()
  const filter = useInboxFilter()
  return (
    <a className="back" href={hrefOf({ page: 'inbox', roomId: null, filter })}>
      <Icon name="back" />
      <span>{room.back}</span>
    </a>
  )
}
