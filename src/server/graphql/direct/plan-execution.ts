import {
  defaultFieldResolver,
  type ExecutionResult,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  isObjectType,
  locatedError,
  responsePathAsArray,
} from 'graphql'
import type { Context } from '../../../schema/context.ts'
import type { ObjectTexts } from './object-texts.ts'
import type { PlannedField, PlannedType, PlanSource, Selection } from './operation-plan.ts'

type Path = GraphQLResolveInfo['path']
type Data = Record<string, unknown>

/** One operation with its root fields. */
export interface OperationPlan extends PlanSource {
  readonly selection: Selection
}

/**
 * The arguments of fields that were executed. They are the same for each item of a list, and for each execution with the same
 * variables. Does not keep the plan, whose fields are the keys.
 */
export type ArgumentsByField = WeakMap<PlannedField, Data>

/** A plan with its variables. It can be executed repeatedly. */
export interface PreparedPlan {
  readonly plan: OperationPlan
  readonly variables: Data
  readonly argumentsByField: ArgumentsByField
}

interface Execution extends PreparedPlan {
  readonly context: Context
  readonly errors: GraphQLError[]
  /** Null if the result must consist of plain values. */
  readonly texts: ObjectTexts | null
}

/** Marks a value that needs more than serialization. */
const NOT_PLAIN = Symbol('not plain')

/**
 * Executes a planned operation as the GraphQL specification says, with the results and errors of the GraphQL engine.
 * Synchronous fields cause no promise, and plain values not even a path. It never throws and never rejects. With `texts` the
 * result contains a JsonText for each object whose serialized form is known.
 */
export function executePlan(
  { plan, variables, argumentsByField }: PreparedPlan,
  context: Context,
  texts: ObjectTexts | null,
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
  return settle(execution, field, field.type, path, value)
}

function resolveField(execution: Execution, field: PlannedField, source: unknown, path: Path): unknown {
  const { resolve } = field
  if (resolve) {
    const args = field.hasArguments ? argumentsOf(execution, field) : {}
    return resolve(source, args, execution.context, infoOf(execution, field, path))
  }
  const value = propertyOf(source, field.name)
  return typeof value === 'function'
    ? defaultFieldResolver(source, {}, execution.context, infoOf(execution, field, path))
    : value
}

/** The arguments of a field, in an object that its resolver may change. */
function argumentsOf({ argumentsByField, variables }: Execution, field: PlannedField): Data {
  let values = argumentsByField.get(field)
  if (!values) {
    values = getArgumentValues(field.definition, field.node, variables)
    argumentsByField.set(field, values)
  }
  return { ...values }
}

function infoOf({ plan, variables }: Execution, field: PlannedField, path: Path): GraphQLResolveInfo {
  return {
    fieldName: field.name,
    fieldNodes: field.nodes,
    returnType: field.definition.type,
    parentType: field.parentType,
    path,
    schema: plan.schema,
    fragments: plan.fragments,
    rootValue: undefined,
    operation: plan.operation,
    variableValues: variables,
  }
}

/** Completes the value of a field or list item, and handles its errors. */
function settle(
  execution: Execution,
  field: PlannedField,
  type: PlannedType,
  path: Path,
  value: unknown,
): unknown {
  if (isPromise(value)) return settleLater(execution, field, type, path, value)
  try {
    const completed = complete(execution, field, type, path, value)
    return isPromise(completed) ? handleLater(execution, field, type, path, completed) : completed
  } catch (error) {
    return handleError(execution, field, type, path, error)
  }
}

// Functions of their own, because a closure makes each call of the function that contains it allocate its variables.
function settleLater(
  execution: Execution,
  field: PlannedField,
  type: PlannedType,
  path: Path,
  value: Promise<unknown>,
): Promise<unknown> {
  const completed = value.then((settled) => complete(execution, field, type, path, settled))
  return handleLater(execution, field, type, path, completed)
}

function handleLater(
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

/** Records the error of a field or list item that may be null; throws any other one. */
function handleError(
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

function complete(
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
  if (isComplete) execution.texts?.record(value, key, data)
  return data
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
      const completed = settle(execution, field, type, itemPath, item)
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

function coordinateOf({ parentType, name }: PlannedField): string {
  return `${parentType.name}.${name}`
}

/** The errors of a failure, each of which the client receives. A value that is not an error becomes one. */
function errorsIn(failure: unknown): readonly Error[] {
  return failure instanceof AggregateError ? failure.errors.map(toError) : [toError(failure)]
}

function toError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value))
}

/** A value of the wrong type is a defect of the gateway. It is not an error of GraphQL, which clients would see. */
function serialize(type: GraphQLLeafType, value: unknown): unknown {
  let serialized: unknown
  try {
    serialized = type.serialize(value)
  } catch (error) {
    throw error instanceof GraphQLError ? new Error(error.message) : error
  }
  if (serialized === null || serialized === undefined) throw new Error(`${type.name} has no such value`)
  return serialized
}

/** The value of a leaf field that is a property. NOT_PLAIN for any other field, and for a value that fails. */
function plainValueOf({ resolve, type, name, constant }: PlannedField, source: unknown): unknown {
  if (constant !== null) return constant
  if (resolve || type.kind !== 'leaf') return NOT_PLAIN
  try {
    const value = propertyOf(source, name)
    if (typeof value === type.sameType) return value
    if (value === null || value === undefined) return type.isRequired ? NOT_PLAIN : null
    const isPlain = typeof value !== 'object' ? typeof value !== 'function' : value instanceof Date
    return isPlain ? serialize(type.type, value) : NOT_PLAIN
  } catch {
    // It fails again where the error is located.
    return NOT_PLAIN
  }
}

function propertyOf(source: unknown, name: string): unknown {
  return isObjectLike(source) ? source[name] : undefined
}

function isObjectLike(value: unknown): value is Readonly<Record<string, unknown>> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return Array.isArray(value) || (typeof value === 'object' && value !== null && Symbol.iterator in value)
}

/** Resolvers return native promises only. */
function isPromise<Value>(value: Value | Promise<Value>): value is Promise<Value> {
  return value instanceof Promise
}
