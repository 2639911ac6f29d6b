import type { ConsoleOfflineMessageFragment } from '../../generated/graphql.ts'
import { CopyButton } from '../details/copy-button.tsx'
import { Avatar } from '../room/avatar.tsx'
import { useFormats, useTexts } from '../texts/language-context.tsx'
import { ProviderBadge } from '../ui/provider-badge.tsx'
import { Timestamp } from '../ui/timestamp.tsx'
import { Delivery } from './delivery.tsx'

interface OfflineItemProps {
  readonly message: ConsoleOfflineMessageFragment
  readonly onChanged: (message: ConsoleOfflineMessageFragment) => void
  /** Reads the list again. */
  readonly onRefresh: () => void
}

/** One offline message: its sender, date, text and delivery state. */
export function OfflineItem({ message, onChanged, onRefresh }: OfflineItemProps) {
  const { offline, details } = useTexts()
  const formats = useFormats()
  const { id, provider, name, email, text, department, receivedAt, receivedOn } = message
  const sender = name ?? offline.sender
  return (
    <article className="card offline-item">
      <header className="card-header">
        <Avatar name={sender} id={email ?? id} />
        <div className="card-title">
          <h2>
            <bdi>{sender}</bdi>
          </h2>
          {email && (
            <span className="copyable">
              <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>
              <CopyButton label={details.copyEmail} text={email} />
            </span>
          )}
        </div>
        <p className="facts">
          <ProviderBadge {...provider} />
          {department?.name && <span>{department.name}</span>}
          {receivedAt ? (
            <Timestamp at={receivedAt} />
          ) : (
            receivedOn && <time dateTime={receivedOn}>{formats.date(receivedOn)}</time>
          )}
        </p>
      </header>
      <p className="text" dir="auto">
        {text}
      </p>
      <Delivery message={message} onChanged={onChanged} onRefresh={onRefresh} />
    </article>
  )
}
