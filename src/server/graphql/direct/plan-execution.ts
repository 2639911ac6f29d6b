import {
  type ExecutionResult,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLObjectType,
  isObjectType,
  locatedError,
} from 'graphql'
import type { Context } from '../../../schema/context.ts'
import { coordinateOf, errorsIn, handleError } from './execution-errors.ts'
import {
  type Data,
  type Execution,
  infoOf,
  isObjectLike,
  NOT_PLAIN,
  type Path,
  type PreparedPlan,
  plainValueOf,
  resolveField,
  serialize,
} from './field-value.ts'
import type { TextReuse } from './object-texts.ts'
import type { PlannedField, PlannedType, Selection } from './operation-plan.ts'

/**
 * Executes a planned operation as the GraphQL specification says, with the results and errors of the GraphQL engine.
 * Synchronous fields cause no promise, and plain values not even a path. It never throws and never rejects. With `texts` the
 * result contains a JsonText for each object whose serialized form is known.
 */
export function executePlan(
  { plan, variables, argumentsByField }: PreparedPlan,
  context: Context,
  texts: TextReuse | null,
): ExecutionResult | Promise<ExecutionResult> {
  const errors: GraphQLError[] = []
  const execution: Execution = { plan, context, variables, errors, texts, argumentsByField }
  const toResult = (data: Data | null): ExecutionResult => (errors.length === 0 ? { data } : { errors, data })
  const toFailure = (error: unknown): ExecutionResult => {
    for (const each of errorsIn(error))
      errors.push(each instanceof GraphQLError ? each : locatedError(each, null))
    return toResult(null)
  }
  try {
    const execute = plan.operation.operation === 'mutation' ? executeSerially : executeFields
    const data = execute(execution, plan.selection, undefined, undefined)
    return isPromise(data) ? data.then(toResult, toFailure) : toResult(data)
  } catch (error) {
    return toFailure(error)
  }
}

async function executeSerially(execution: Execution, selection: Selection): Promise<Data> {
  const data = createData(selection)
  for (const field of selection.fields)
    data[field.responseName] = await executeField(execution, field, undefined, undefined)
  return data
}

function executeFields(
  execution: Execution,
  selection: Selection,
  source: unknown,
  path: Path | undefined,
): Data | Promise<Data> {
  const data = createData(selection)
  let pending: Promise<void>[] | null = null
  try {
    for (const field of selection.fields) {
      let value = plainValueOf(field, source)
      if (value === NOT_PLAIN) value = executeField(execution, field, source, path)
      // Assigned at once in any case, so that the names keep their order.
      data[field.responseName] = value
      if (!isPromise(value)) continue
      pending ??= []
      pending.push(assignLater(data, field.responseName, value))
    }
  } catch (error) {
    // The other fields can fail too, and their errors must be handled.
    if (pending) return failAfter(pending, error)
    throw error
  }
  return pending ? dataAfter(pending, data) : data
}

function executeField(
  execution: Execution,
  field: PlannedField,
  source: unknown,
  parentPath: Path | undefined,
): unknown {
  const path: Path = { prev: parentPath, key: field.responseName, typename: field.parentType.name }
  let value: unknown
  try {
    value = resolveField(execution, field, source, path)
  } catch (error) {
    return handleError(execution, field, field.type, path, error)
  }
  return completeValue(execution, field, field.type, path, value)
}

/** Completes the value of a field or list item, and handles its errors. */
function completeValue(
  execution: Execution,
  field: PlannedField,
  type: PlannedType,
  path: Path,
  value: unknown,
): unknown {
  if (isPromise(value)) return completeLater(execution, field, type, path, value)
  try {
    const completed = completeByType(execution, field, type, path, value)
    return isPromise(completed) ? handleRejection(execution, field, type, path, completed) : completed
  } catch (error) {
    return handleError(execution, field, type, path, error)
  }
}

// Functions of their own, because a closure makes each call of the function that contains it allocate its variables.
function completeLater(
  execution: Execution,
  field: PlannedField,
  type: PlannedType,
  path: Path,
  value: Promise<unknown>,
): Promise<unknown> {
  const completed = value.then((resolved) => completeByType(execution, field, type, path, resolved))
  return handleRejection(execution, field, type, path, completed)
}

function handleRejection(
  execution: Execution,
  field: PlannedField,
  type: PlannedType,
  path: Path,
  completed: Promise<unknown>,
): Promise<unknown> {
  return completed.then(undefined, (error) => handleError(execution, field, type, path, error))
}

async function assignLater(data: Data, name: string, value: Promise<unknown>): Promise<void> {
  data[name] = await value
}

async function failAfter(pending: readonly Promise<void>[], error: unknown): Promise<never> {
  await Promise.all(pending).catch(() => {})
  throw error
}

async function dataAfter(pending: readonly Promise<void>[], data: Data): Promise<Data> {
  await Promise.all(pending)
  return data
}

function completeByType(
  execution: Execution,
  field: PlannedField,
  type: PlannedType,
  path: Path,
  value: unknown,
): unknown {
  if (value === null || value === undefined) {
    if (type.isRequired) throw new Error(`Cannot return null for non-nullable field ${coordinateOf(field)}.`)
    return null
  }
  if (value instanceof Error) throw value
  switch (type.kind) {
    case 'leaf':
      return serialize(type.type, value)
    case 'list':
      return completeList(execution, field, type.items, path, value)
    case 'object':
      return completeObject(execution, field.selectionOf(type.type), path, value)
    case 'abstract':
      return completeAbstract(execution, field, type.type, path, value)
  }
}

function completeObject(execution: Execution, selection: Selection, path: Path, value: unknown): unknown {
  const key = execution.texts && selection.reuseKey
  if (key === null || !isObjectLike(value)) return executeFields(execution, selection, value, path)
  return reuse(execution, key, value, (plain) => executeFields(plain, selection, value, path))
}

/** Returns the text of an object or list if it is known; else executes the selection, and records its result. */
function reuse(
  execution: Execution,
  key: string,
  value: object,
  execute: (plain: Execution) => unknown,
): unknown {
  const known = execution.texts?.find(value, key)
  if (known) return known
  const errorsBefore = execution.errors.length
  const data = execute({ ...execution, texts: null })
  const isComplete = execution.errors.length === errorsBefore && !isPromise(data)
  return (isComplete && execution.texts?.record(value, key, data)) || data
}

function completeList(
  execution: Execution,
  field: PlannedField,
  type: PlannedType,
  path: Path,
  list: unknown,
): unknown {
  if (!isIterable(list))
    throw new GraphQLError(`Expected Iterable, but did not find one for field "${coordinateOf(field)}".`)
  const key = execution.texts && type.kind === 'object' ? field.selectionOf(type.type).reuseKey : null
  if (key === null) return completeItems(execution, field, type, path, list)
  return reuse(execution, key, list, (plain) => completeItems(plain, field, type, path, list))
}

function completeItems(
  execution: Execution,
  field: PlannedField,
  type: PlannedType,
  path: Path,
  list: Iterable<unknown>,
): unknown {
  const items: unknown[] = []
  let hasPromise = false
  try {
    for (const item of list) {
      const itemPath: Path = { prev: path, key: items.length, typename: undefined }
      const completed = completeValue(execution, field, type, itemPath, item)
      hasPromise ||= isPromise(completed)
      items.push(completed)
    }
  } catch (error) {
    // The other items can fail too, and their errors must be handled.
    void Promise.allSettled(items)
    throw error
  }
  return hasPromise ? Promise.all(items) : items
}

function completeAbstract(
  execution: Execution,
  field: PlannedField,
  type: GraphQLAbstractType,
  path: Path,
  value: unknown,
): unknown {
  const completeAs = (name: unknown) => {
    const selection = field.selectionOf(concreteType(execution, field, type, name))
    return executeFields(execution, selection, value, path)
  }
  const name: unknown = type.resolveType?.(value, execution.context, infoOf(execution, field, path), type)
  return isPromise(name) ? name.then(completeAs) : completeAs(name)
}

function concreteType(
  { plan: { schema } }: Execution,
  field: PlannedField,
  type: GraphQLAbstractType,
  name: unknown,
): GraphQLObjectType {
  const concrete = typeof name === 'string' ? schema.getType(name) : null
  if (isObjectType(concrete) && schema.isSubType(type, concrete)) return concrete
  throw new Error(`"${type.name}" was resolved to "${name}" for field "${coordinateOf(field)}".`)
}

function createData({ hasPrototypeName }: Selection): Data {
  return hasPrototypeName ? Object.create(null) : {}
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return Array.isArray(value) || (typeof value === 'object' && value !== null && Symbol.iterator in value)
}

/** Resolvers return native promises only. */
function isPromise<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  return value instanceof Promise
}
