interface FieldProps {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'email'
  readonly isLong?: boolean
  readonly isOptional?: boolean
}

/** One input with its label; read by name when its form is sent. */
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

/** What a form holds under a name, without the blanks around it. */
export function entryOf(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name)
  return typeof value === 'string' ? value.trim() : ''
}
