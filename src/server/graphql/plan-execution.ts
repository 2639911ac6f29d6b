import { inspect } from 'node:util'
import {
  defaultFieldResolver,
  type ExecutionResult,
  type FieldNode,
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
import type { Context } from '../../schema/context.ts'
import type { PlannedField, PlannedType, PlanSource, Selection } from './operation-plan.ts'

type Path = GraphQLResolveInfo['path']
type Data = Record<string, unknown>

/** One operation with its root fields. */
export interface OperationPlan {
  readonly source: PlanSource
  readonly selection: Selection
}

/**
 * Executes a planned operation as the GraphQL specification says, and with the results and errors of the GraphQL engine.
 * Collecting fields, which the engine does in each execution, is part of the plan. It never throws and never rejects.
 */
export function executePlan(
  plan: OperationPlan,
  context: Context,
  variables: Readonly<Record<string, unknown>>,
): ExecutionResult | Promise<ExecutionResult> {
  return new PlanExecution(plan, context, { ...variables }).run()
}

class PlanExecution {
  readonly #plan: OperationPlan
  readonly #context: Context
  readonly #variables: Record<string, unknown>
  readonly #errors: GraphQLError[] = []
  readonly #arguments = new Map<PlannedField, Readonly<Record<string, unknown>>>()

  constructor(plan: OperationPlan, context: Context, variables: Record<string, unknown>) {
    this.#plan = plan
    this.#context = context
    this.#variables = variables
  }

  run(): ExecutionResult | Promise<ExecutionResult> {
    const { source, selection } = this.#plan
    try {
      const data =
        source.operation.operation === 'mutation'
          ? this.#executeSerially(selection)
          : this.#executeFields(selection, undefined, undefined)
      return isPromise(data) ? data.then(this.#toResult, this.#toFailure) : this.#toResult(data)
    } catch (error) {
      return this.#toFailure(error)
    }
  }

  readonly #toResult = (data: Data | null): ExecutionResult =>
    this.#errors.length === 0 ? { data } : { errors: this.#errors, data }

  /** The result after an error at a root field that must not be null. */
  readonly #toFailure = (error: unknown): ExecutionResult => {
    for (const each of errorsIn(error))
      this.#errors.push(each instanceof GraphQLError ? each : locatedError(each, null))
    return this.#toResult(null)
  }

  async #executeSerially(selection: Selection): Promise<Data> {
    const data = createData(selection)
    for (const field of selection.fields)
      data[field.responseName] = await this.#executeField(field, undefined, undefined)
    return data
  }

  #executeFields(selection: Selection, source: unknown, path: Path | undefined): Data | Promise<Data> {
    const data = createData(selection)
    const pending: Promise<void>[] = []
    try {
      for (const field of selection.fields) {
        const { responseName } = field
        const value = plainValueOf(field, source) ?? this.#executeField(field, source, path)
        // Assigned at once in any case, so that the names keep their order.
        data[responseName] = value
        if (isPromise(value))
          pending.push(
            value.then((settled) => {
              data[responseName] = settled
            }),
          )
      }
    } catch (error) {
      if (pending.length === 0) throw error
      // The other fields can fail too, and their errors must be handled.
      const fail = () => Promise.reject(error)
      return Promise.all(pending).then(fail, fail)
    }
    return pending.length === 0 ? data : Promise.all(pending).then(() => data)
  }

  #executeField(field: PlannedField, source: unknown, parentPath: Path | undefined): unknown {
    const { type } = field
    const path: Path = { prev: parentPath, key: field.responseName, typename: field.parentType.name }
    try {
      const value = this.#resolve(field, source, path)
      return isPromise(value)
        ? this.#completeLater(field, type, value, path)
        : this.#catch(field, type, this.#complete(field, type, value, path), path)
    } catch (error) {
      return this.#handle(error, field, type, path)
    }
  }

  #resolve(field: PlannedField, source: unknown, path: Path): unknown {
    const { resolve, hasArguments, nodes } = field
    if (resolve === null) {
      const value = propertyOf(source, field.name)
      // A method is called with a context and the info of the field.
      return typeof value === 'function'
        ? defaultFieldResolver(source, {}, this.#context, this.#infoOf(field, path))
        : value
    }
    const [node] = nodes
    const args = hasArguments && node ? this.#argumentsOf(field, node) : {}
    return resolve(source, args, this.#context, this.#infoOf(field, path))
  }

  /** The arguments of a field, which are the same for each item of a list. */
  #argumentsOf(field: PlannedField, node: FieldNode): Readonly<Record<string, unknown>> {
    let values = this.#arguments.get(field)
    if (!values) {
      values = getArgumentValues(field.definition, node, this.#variables)
      this.#arguments.set(field, values)
    }
    return { ...values }
  }

  #infoOf({ definition, name, nodes, parentType }: PlannedField, path: Path): GraphQLResolveInfo {
    const { schema, fragments, operation } = this.#plan.source
    return {
      fieldName: name,
      fieldNodes: [...nodes],
      returnType: definition.type,
      parentType,
      path,
      schema,
      fragments,
      rootValue: undefined,
      operation,
      variableValues: this.#variables,
    }
  }

  #completeLater(
    field: PlannedField,
    type: PlannedType,
    value: Promise<unknown>,
    path: Path,
  ): Promise<unknown> {
    const completed = value.then((settled) => this.#complete(field, type, settled, path))
    return completed.then(undefined, (error) => this.#handle(error, field, type, path))
  }

  /** Handles the error of a value that is completed later. */
  #catch(field: PlannedField, type: PlannedType, completed: unknown, path: Path): unknown {
    return isPromise(completed)
      ? completed.then(undefined, (error) => this.#handle(error, field, type, path))
      : completed
  }

  /** Records the error of a field or list item that may be null; throws any other one. */
  #handle(error: unknown, { nodes }: PlannedField, { isRequired }: PlannedType, path: Path): null {
    for (const each of errorsIn(error)) {
      const located = locatedError(each, nodes, responsePathAsArray(path))
      if (isRequired) throw located
      this.#errors.push(located)
    }
    return null
  }

  #complete(field: PlannedField, type: PlannedType, value: unknown, path: Path): unknown {
    if (value === null || value === undefined) {
      if (type.isRequired) throw nullError(field)
      return null
    }
    if (value instanceof Error) throw value
    switch (type.kind) {
      case 'leaf':
        return serialize(type.type, value)
      case 'list':
        return this.#completeList(field, type.items, value, path)
      case 'abstract':
        return this.#completeAbstract(field, type.type, value, path)
      case 'object':
        return this.#completeObject(field, type.type, value, path)
    }
  }

  #completeList(field: PlannedField, type: PlannedType, list: unknown, path: Path): unknown {
    if (!isIterable(list))
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${coordinateOf(field)}".`)
    const items: unknown[] = []
    const pending: Promise<unknown>[] = []
    try {
      for (const item of list) {
        const itemPath: Path = { prev: path, key: items.length, typename: undefined }
        const completed = this.#completeItem(field, type, item, itemPath)
        if (isPromise(completed)) pending.push(completed)
        items.push(completed)
      }
    } catch (error) {
      // The other items can fail too, and their errors must be handled.
      void Promise.allSettled(pending)
      throw error
    }
    return pending.length === 0 ? items : Promise.all(items)
  }

  #completeItem(field: PlannedField, type: PlannedType, item: unknown, path: Path): unknown {
    try {
      return isPromise(item)
        ? this.#completeLater(field, type, item, path)
        : this.#catch(field, type, this.#complete(field, type, item, path), path)
    } catch (error) {
      return this.#handle(error, field, type, path)
    }
  }

  #completeAbstract(field: PlannedField, type: GraphQLAbstractType, value: unknown, path: Path): unknown {
    const name: unknown = type.resolveType?.(value, this.#context, this.#infoOf(field, path), type)
    return isPromise(name)
      ? name.then((settled) =>
          this.#completeObject(field, this.#concreteType(field, type, settled), value, path),
        )
      : this.#completeObject(field, this.#concreteType(field, type, name), value, path)
  }

  #concreteType(field: PlannedField, type: GraphQLAbstractType, name: unknown): GraphQLObjectType {
    const { schema } = this.#plan.source
    const concrete = typeof name === 'string' ? schema.getType(name) : null
    if (isObjectType(concrete) && schema.isSubType(type, concrete)) return concrete
    throw new Error(
      `Abstract type "${type.name}" was resolved to ${inspect(name)} for field "${coordinateOf(field)}".`,
    )
  }

  #completeObject(field: PlannedField, type: GraphQLObjectType, value: unknown, path: Path): unknown {
    return this.#executeFields(field.selectionOf(type), value, path)
  }
}

function createData({ hasPrototypeName }: Selection): Data {
  return hasPrototypeName ? Object.create(null) : {}
}

function nullError(field: PlannedField): Error {
  return new Error(`Cannot return null for non-nullable field ${coordinateOf(field)}.`)
}

function coordinateOf({ parentType, name }: PlannedField): string {
  return `${parentType.name}.${name}`
}

/** The errors of a failure, each of which the client receives. A value that is not an error becomes one. */
function errorsIn(failure: unknown): readonly Error[] {
  if (failure instanceof AggregateError) return failure.errors.map(toError)
  return [toError(failure)]
}

function toError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value))
}

function serialize(type: GraphQLLeafType, value: unknown): unknown {
  const serialized = serializeUnmasked(type, value)
  if (serialized === null || serialized === undefined)
    throw new Error(`the type ${type.name} has no representation of ${inspect(value)}`)
  return serialized
}

/** A value of the wrong type is a defect of the gateway. It is not an error of GraphQL, which clients would see. */
function serializeUnmasked(type: GraphQLLeafType, value: unknown): unknown {
  try {
    return type.serialize(value)
  } catch (error) {
    throw error instanceof GraphQLError ? new Error(error.message) : error
  }
}

/** The value of a leaf field that is a property with a plain value; undefined for any other field and value. */
function plainValueOf({ resolve, type, name }: PlannedField, source: unknown): unknown {
  if (resolve !== null || type.kind !== 'leaf') return undefined
  try {
    const value = propertyOf(source, name)
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    return isPlain ? type.type.serialize(value) : undefined
  } catch {
    // It fails again where the error is located.
    return undefined
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

function isPromise<Value>(value: Value | PromiseLike<Value>): value is Promise<Value> {
  return isObjectLike(value) && typeof value['then'] === 'function'
}
