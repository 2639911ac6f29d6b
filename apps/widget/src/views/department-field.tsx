import type { WidgetProvidersQuery } from '../../generated/operations.ts'
import { useEnvironment } from '../environment.ts'
import { SelectField } from './field.tsx'

export type Provider = WidgetProvidersQuery['providers'][number]
export type Department = Provider['departments'][number]

interface DepartmentFieldProps {
  readonly departments: readonly Department[]
  /** The chosen department's id; empty for none in particular. */
  readonly value: string
  readonly onInput: (id: string) => void
}

/** Offers departments, where there is a choice. */
export function DepartmentField({ departments, ...field }: DepartmentFieldProps) {
  const { texts } = useEnvironment()
  if (departments.length < 2) return null
  const options = departments.map(({ id, name, nativeId }) => ({ value: id, label: name ?? nativeId }))
  return (
    <SelectField
      {...field}
      name="department"
      label={texts.department}
      options={[{ value: '', label: texts.anyDepartment }, ...options]}
      isFree
    />
  )
}
