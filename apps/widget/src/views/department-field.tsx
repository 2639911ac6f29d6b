import { useId } from 'preact/hooks'
import type { WidgetProvidersQuery } from '../../generated/graphql.ts'
import { useEnvironment } from '../environment.ts'

export type Provider = WidgetProvidersQuery['providers'][number]
export type Department = Provider['departments'][number]

interface DepartmentFieldProps {
  readonly departments: readonly Department[]
  /** The chosen department's id; empty for none in particular. */
  readonly value: string
  readonly onChange: (id: string) => void
}

/** Offers departments, where there is a choice. */
export function DepartmentField({ departments, value, onChange }: DepartmentFieldProps) {
  const { texts } = useEnvironment()
  const id = useId()
  if (departments.length < 2) return null
  return (
    <p class="field">
      <label for={id}>{texts.department}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{texts.anyDepartment}</option>
        {departments.map((department) => (
          <option key={department.id} value={department.id}>
            {department.name ?? department.nativeId}
          </option>
        ))}
      </select>
    </p>
  )
}
