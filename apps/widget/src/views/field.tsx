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
  const id = useId()
  return (
    <p class="field">
      <Label id={id} label={label} isOptional={isOptional} />
      <input
        id={id}
        name={name}
        type={type}
        dir="auto"
        list={undefined}
        autocomplete={type === 'text' ? (name === 'name' ? name : 'off') : type}
        required={!isOptional}
        value={value}
        onInput={onInput && ((event) => onInput(event.currentTarget.value))}
      />
    </p>
  )
}

/** A text of several lines with its label. */
export function LongField({ name, label, isOptional = false, value, onInput }: FieldProps) {
  const id = useId()
  return (
    <p class="field">
      <Label id={id} label={label} isOptional={isOptional} />
      <textarea
        id={id}
        name={name}
        rows={3}
        required={!isOptional}
        maxLength={MAX_TEXT}
        dir="auto"
        value={value}
        onInput={onInput && ((event) => onInput(event.currentTarget.value))}
      />
    </p>
  )
}

interface SelectFieldProps extends FieldProps {
  readonly options: readonly { readonly value: string; readonly label: string }[]
  /** Whether the option without a value is a choice too. */
  readonly isFree?: boolean
}

/** A choice with its label. */
export function SelectField({
  name,
  label,
  isOptional = false,
  isFree = false,
  options,
  value,
  onInput,
}: SelectFieldProps) {
  const id = useId()
  return (
    <p class="field">
      <Label id={id} label={label} isOptional={isOptional} />
      <select
        id={id}
        name={name}
        required={!isOptional && !isFree}
        value={value}
        onChange={onInput && ((event) => onInput(event.currentTarget.value))}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} dir="auto">
            {option.label}
          </option>
        ))}
      </select>
    </p>
  )
}

interface LabelProps extends Pick<FieldProps, 'label' | 'isOptional'> {
  readonly id: string
}

function Label({ id, ...label }: LabelProps) {
  return (
    <label for={id}>
      <LabelText {...label} />
    </label>
  )
}

/** What a field asks. It has its own direction, and stands where the form begins its lines. */
export function LabelText({ label, isOptional }: Pick<FieldProps, 'label' | 'isOptional'>) {
  const { texts } = useEnvironment()
  return <bdi>{isOptional ? fill(texts.optional, label) : label}</bdi>
}

/** Characters of a text at most; the gateway accepts no more. */
export const MAX_TEXT = 16_384

/** The trimmed value of a form's field; null if it is empty. */
export function fieldValue(form: HTMLFormElement, name: string): string | null {
  const value = new FormData(form).get(name)
  return (typeof value === 'string' && value.trim()) || null
}
