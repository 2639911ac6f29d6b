import type { ConsoleMessageFragment } from '../../generated/graphql.ts'
import { useTexts } from '../texts/language-context.tsx'
import { Fact, Facts } from './facts.tsx'
import { Section } from './section.tsx'

/** The visitor's answers to forms, such as the one before the chat. They are in the messages that are loaded. */
export function FormAnswers({ messages }: { readonly messages: readonly ConsoleMessageFragment[] }) {
  const { details: t } = useTexts()
  const answers = messages.flatMap(({ id, form }) =>
    (form ?? []).flatMap(({ label, answer }, index) =>
      answer ? [{ key: `${id} ${index}`, label, answer }] : [],
    ),
  )
  if (answers.length === 0) return null
  return (
    <Section id="form" title={t.form}>
      <Facts isStacked>
        {answers.map(({ key, label, answer }) => (
          <Fact key={key} name={label || t.unnamedQuestion}>
            {answer}
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}
