import { locatedError, responsePathAsArray } from 'graphql'
import type { Execution, Path } from './field-value.ts'
import type { PlannedField, PlannedType } from './operation-plan.ts'

/** Records the error of a field or list item that may be null; throws any other one. */
export function handleError(
  { errors }: Execution,
  { nodes }: PlannedField,
  { isRequired }: PlannedType,
  path: Path,
  failure: unknown,
): null {
  for (const error of errorsIn(failure)) {
    const located = locatedError(error, nodes, responsePathAsArray(path))
    if (isRequired) throw located
    errors.push(located)
  }
  return null
}

export function coordinateOf({ parentType, name }: PlannedField): string {
  return `${parentType.name}.${name}`
}

/** The errors of a failure, each of which the client receives. A value that is not an error becomes one. */
export function errorsIn(failure: unknown): readonly Error[] {
  return failure instanceof AggregateError ? failure.errors.map(toError) : [toError(failure)]
}

function toError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value))
}
