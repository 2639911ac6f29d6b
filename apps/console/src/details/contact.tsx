import type { Conversation } from '../room/conversation.ts'
import { useTexts } from '../texts/language-context.tsx'
import { CopyButton } from './copy-button.tsx'
import { Fact, Facts } from './facts.tsx'
import { Section } from './section.tsx'

type Visitor = NonNullable<Conversation['room']['visitor']>

/** How to reach the visitor, and the fields that the account has about it. */
export function Contact({ visitor }: { readonly visitor: Visitor | null }) {
  const { details: t } = useTexts()
  const { email = null, phone = null, customFields = [] } = visitor ?? {}
  return (
    <Section id="contact" title={t.contact}>
      <Facts isStacked>
        <Fact name={t.email}>
          {email && (
            <span className="copyable">
              <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>
              <CopyButton label={t.copyEmail} text={email} />
            </span>
          )}
        </Fact>
        <Fact name={t.phone}>
          {phone && (
            <span className="copyable">
              <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`} dir="ltr">
                {phone}
              </a>
              <CopyButton label={t.copyPhone} text={phone} />
            </span>
          )}
        </Fact>
        {customFields.map(({ key, value }) => (
          <Fact key={key} name={key}>
            {value}
          </Fact>
        ))}
      </Facts>
      {!email && !phone && customFields.length === 0 && <p className="hint">{t.noContact}</p>}
    </Section>
  )
}
