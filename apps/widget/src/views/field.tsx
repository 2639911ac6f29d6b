import { useId } from 'preact/hooks'
import { useEnvironment } from '../environment.ts'
import { fill } from '../texts/language.ts'

interface FieldProps {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'email' | 'tel'
  readonly isOptional?: boolean
  readonly value?: string
  readonly onInput?: (value: string) => void
}

/** One input with its label. The form reads it by name. */
export function Field({ name, label, type = 'text', isOptional = false, value, onInput }: FieldProps) {
  const { texts } = useEnvironment()
  const id = useId()
  return (
    <p class="field">
      <label for={id}>{isOptional ? fill(texts.optional, label) : label}</label>
      <input
        id={id}
        name={name}
        type={type}
        list={undefined}
        autocomplete={type === 'text' ? 'name' : type}
        required={!isOptional}
        value={value}
        onInput={onInput && ((event) => onInput(event.currentTarget.value))}
      />
    </p>
  )
}

/** A text of several lines with its label. */
export function LongField({ name, label, value, onInput }: FieldProps) {
  const id = useId()
  return (
    <p class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        name={name}
        rows={3}
        required
        maxLength={MAX_TEXT}
        dir="auto"
        value={value}
        onInput={onInput && ((event) => onInput(event.currentTarget.value))}
      />
    </p>
  )
}

/** Characters of a text at most; the gateway accepts no more. */
export const MAX_TEXT = 16_384

/** The trimmed value of a form's field; null if it is empty. */
export function fieldValue(form: HTMLFormElement, name: string): string | null {
  const value = new FormData(form).get(name)
  return (typeof value === 'string' && value.trim()) || null
}
