import { useId } from 'preact/hooks'
import { useEnvironment } from '../environment.ts'
import type { Question } from '../settings.ts'
import type { StartInput } from '../state/start-conversation.ts'
import { Field, fieldValue, LabelText, LongField, SelectField } from './field.tsx'

/** The fields of `startRoom` that answer questions of these kinds; other questions are answered by their key. */
const CONTACT_FIELDS = { NAME: 'name', EMAIL: 'email', PHONE: 'phone' } as const
const INPUT_TYPES = { NAME: 'text', EMAIL: 'email', PHONE: 'tel' } as const

type Answers = Pick<StartInput, 'name' | 'email' | 'phone' | 'preChatAnswers'>

/** The questions before a conversation. */
export function Questions({ questions }: { readonly questions: readonly Question[] }) {
  return questions.map((question) => (
    <QuestionField key={isContact(question.kind) ? question.kind : question.key} question={question} />
  ))
}

/** What the form answers. */
export function answersOf(form: HTMLFormElement, questions: readonly Question[]): Answers {
  const contact = {
    name: fieldValue(form, 'name'),
    email: fieldValue(form, 'email'),
    phone: fieldValue(form, 'phone'),
  }
  const data = new FormData(form)
  const preChatAnswers = questions.flatMap(({ key, kind }) => {
    const values = isContact(kind)
      ? []
      : data
          .getAll(nameOf(key))
          .map(String)
          .filter((value) => value.trim() !== '')
    return values.length > 0 ? [{ key, values }] : []
  })
  return preChatAnswers.length > 0 ? { ...contact, preChatAnswers } : contact
}

function QuestionField({
  question: { key, kind, label, required, options },
}: {
  readonly question: Question
}) {
  const { texts } = useEnvironment()
  if (isContact(kind)) {
    const name = CONTACT_FIELDS[kind]
    return <Field name={name} label={texts[name]} type={INPUT_TYPES[kind]} isOptional={!required} />
  }
  const field = { name: nameOf(key), label: label ?? '', isOptional: !required }
  switch (kind) {
    case 'LONG_TEXT':
      return <LongField {...field} />
    case 'CHOICE':
      return <SelectField {...field} options={[{ value: '', label: texts.choose }, ...options]} />
    case 'MULTIPLE_CHOICE':
      return <Choices {...field} options={options} />
    default:
      return <Field {...field} />
  }
}

interface ChoicesProps {
  readonly name: string
  readonly label: string
  readonly isOptional: boolean
  readonly options: Question['options']
}

/** Any of several options. Browsers know no group of which one box is required: the first is, until any is checked. */
function Choices({ name, label, isOptional, options }: ChoicesProps) {
  const id = useId()
  return (
    <fieldset
      class="field"
      onChange={({ currentTarget }) => {
        const boxes = [...currentTarget.querySelectorAll('input')]
        const [first] = boxes
        if (first) first.required = !isOptional && !boxes.some(({ checked }) => checked)
      }}
    >
      <legend>
        <LabelText label={label} isOptional={isOptional} />
      </legend>
      {options.map((option, index) => (
        <label key={option.value} for={id + index} class="option">
          <input
            id={id + index}
            type="checkbox"
            name={name}
            value={option.value}
            required={!isOptional && index === 0}
          />
          <span dir="auto">{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}

function isContact(kind: Question['kind']): kind is keyof typeof CONTACT_FIELDS {
  return kind in CONTACT_FIELDS
}

/** Keys of providers must not meet the names of other fields. */
function nameOf(key: string): string {
  return `question ${key}`
}
