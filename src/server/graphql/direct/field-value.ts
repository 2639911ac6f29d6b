import {
  defaultFieldResolver,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLResolveInfo,
  getArgumentValues,
} from 'graphql'
import type { Context } from '../../../schema/context.ts'
import type { TextReuse } from './object-texts.ts'
import type { PlannedField, PlanSource, Selection } from './operation-plan.ts'

export type Path = GraphQLResolveInfo['path']
export type Data = Record<string, unknown>

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

export interface Execution extends PreparedPlan {
  readonly context: Context
  readonly errors: GraphQLError[]
  /** Null if the result must consist of plain values. */
  readonly texts: TextReuse | null
}

/** Marks a value that needs more than serialization. */
export const NOT_PLAIN = Symbol('not plain')

export function resolveField(
  execution: Execution,
  field: PlannedField,
  source: unknown,
  path: Path,
): unknown {
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

export function infoOf({ plan, variables }: Execution, field: PlannedField, path: Path): GraphQLResolveInfo {
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

/** A value of the wrong type is a defect of the gateway. It is not an error of GraphQL, which clients would see. */
export function serialize(type: GraphQLLeafType, value: unknown): unknown {
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
export function plainValueOf({ resolve, type, name, constant }: PlannedField, source: unknown): unknown {
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

export function isObjectLike(value: unknown): value is Readonly<Record<string, unknown>> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
