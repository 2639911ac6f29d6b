import { useId } from 'react'
import { useTexts } from '../texts/language-context.tsx'

interface SelectProps<Value extends string> {
  readonly label: string
  /** Empty for all. */
  readonly value: Value | ''
  /** The label of the empty value. */
  readonly all?: string
  /** The values and their labels. */
  readonly options: Readonly<Record<Value, string>>
  readonly onChange: (value: Value | '') => void
}

/** Selects one of several values, or all of them. */
export function Select<Value extends string>({ label, value, all, options, onChange }: SelectProps<Value>) {
  const id = useId()
  const { general } = useTexts()
  const isOption = (text: string): text is Value => Object.hasOwn(options, text)
  return (
    <span className="select">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => onChange(isOption(target.value) ? target.value : '')}
      >
        <option value="">{all ?? general.all}</option>
        {Object.entries<string>(options).map(([option, name]) => (
          <option key={option} value={option}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}
