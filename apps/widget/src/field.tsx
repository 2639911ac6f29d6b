interface FieldProps {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'email'
  readonly isLong?: boolean
  readonly isOptional?: boolean
}

/** One input with its label. The form reads it by name. */
export function Field({ name, label, type = 'text', isLong = false, isOptional = false }: FieldProps) {
  const id = `switchboard-${name}`
  return (
    <p class="field">
      <label for={id}>{label}</label>
      {isLong ? (
        <textarea id={id} name={name} rows={3} required={!isOptional} />
      ) : (
        <input id={id} name={name} type={type} list={undefined} required={!isOptional} />
      )}
    </p>
  )
}

/** The trimmed value of a form's field. */
export function fieldValue(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value.trim() : ''
}
