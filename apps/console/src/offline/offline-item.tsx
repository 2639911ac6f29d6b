import type { ConsoleOfflineMessageFragment } from '../../generated/graphql.ts'
import { ProviderBadge } from '../ui/provider-badge.tsx'
import { Timestamp } from '../ui/timestamp.tsx'
import { Delivery } from './delivery.tsx'

interface OfflineItemProps {
  readonly message: ConsoleOfflineMessageFragment
  readonly onChanged: (message: ConsoleOfflineMessageFragment) => void
}

/** One offline message: its sender, date, text and delivery state. */
export function OfflineItem({ message, onChanged }: OfflineItemProps) {
  const { provider, name, email, text, department, receivedAt, receivedOn } = message
  return (
    <article className="card">
      <h2>
        {name ?? 'Somebody'} {email && <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>}
      </h2>
      <p className="facts">
        <ProviderBadge {...provider} />
        {receivedAt ? <Timestamp at={receivedAt} /> : receivedOn && <span>{receivedOn}</span>}
        {department?.name && <span>{department.name}</span>}
      </p>
      <p className="text" dir="auto">
        {text}
      </p>
      <Delivery message={message} onChanged={onChanged} />
    </article>
  )
}
