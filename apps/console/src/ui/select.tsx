import { useId } from 'react'

interface ChoiceProps<Value extends string> {
  readonly label: string
  /** Empty for all. */
  readonly value: Value | ''
  /** What is chosen, and how it is called. */
  readonly options: Readonly<Record<Value, string>>
  readonly onChange: (value: Value | '') => void
}

/** One of several, or all of them. */
export function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  const id = useId()
  const isOption = (text: string): text is Value => Object.hasOwn(options, text)
  return (
    <span className="choice">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => onChange(isOption(target.value) ? target.value : '')}
      >
        <option value="">All</option>
        {Object.entries<string>(options).map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}
