import {
  defaultFieldResolver,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  GraphQLBoolean,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLID,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  TypeNameMetaFieldDef,
} from 'graphql'
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js'
import { hasUnchangingObjects, isComputedFromObject } from '../../../schema/object-reuse.ts'

/** The source of a plan: an operation, with its schema, fragments and conditions. */
export interface PlanSource {
  readonly schema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: Record<string, FragmentDefinitionNode>
  /** The variables in conditions (`@skip`, `@include`), which decide what the plan contains. */
  readonly conditions: Record<string, boolean>
}

/** The fields that are selected of an object. */
export class Selection {
  readonly fields: readonly PlannedField[]
  /** Whether a response name is `__proto__`, which is no ordinary property of an object with a prototype. */
  readonly hasPrototypeName: boolean
  readonly #type: GraphQLObjectType
  #reuseKey: string | null | undefined

  constructor(type: GraphQLObjectType, fields: readonly PlannedField[], hasPrototypeName: boolean) {
    this.#type = type
    this.fields = fields
    this.hasPrototypeName = hasPrototypeName
  }

  /** Selections with equal keys have the same result for one object at any time; null if the result may change. */
  get reuseKey(): string | null {
    if (this.#reuseKey === undefined) {
      const text = hasUnchangingObjects(this.#type.extensions) ? this.describe() : null
      this.#reuseKey = text && `${this.#type.name} ${text}`
    }
    return this.#reuseKey
  }

  /**
   * Describes the fields; null if one depends on more than the object, or is selected repeatedly: with aliases, a client could
   * make the text of an object that is kept many times as large as the object.
   */
  describe(): string | null {
    if (new Set(this.fields.map(({ name }) => name)).size < this.fields.length) return null
    const fields = this.fields.map((field) => field.describe())
    return fields.includes(null) ? null : `{${fields.join(' ')}}`
  }
}

/** The type of a field or of list items, without further checks at execution. */
export type PlannedType = { readonly isRequired: boolean } & (
  | {
      readonly kind: 'leaf'
      readonly type: GraphQLLeafType
      /** The JavaScript type of values that are serialized as they are; null if there is none. */
      readonly sameType: 'string' | 'boolean' | null
    }
  | { readonly kind: 'list'; readonly items: PlannedType }
  | { readonly kind: 'abstract'; readonly type: GraphQLAbstractType }
  | { readonly kind: 'object'; readonly type: GraphQLObjectType }
)

/** A field of a selection, with everything that does not depend on the execution. */
export class PlannedField {
  readonly responseName: string
  readonly name: string
  readonly nodes: FieldNode[]
  /** The first one, whose arguments all others have too. */
  readonly node: FieldNode
  readonly parentType: GraphQLObjectType
  readonly definition: GraphQLField<unknown, unknown>
  readonly type: PlannedType
  readonly hasArguments: boolean
  /** Null for a field that is a property of its object. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | null
  /** The value if it is always the same: the name of the parent type. */
  readonly constant: string | null
  readonly #source: PlanSource
  #selections: Map<GraphQLObjectType, Selection> | null = null

  constructor(
    source: PlanSource,
    parentType: GraphQLObjectType,
    definition: GraphQLField<unknown, unknown>,
    responseName: string,
    [node, ...others]: readonly [FieldNode, ...FieldNode[]],
  ) {
    this.#source = source
    this.parentType = parentType
    this.definition = definition
    this.name = definition.name
    this.responseName = responseName
    this.node = node
    this.nodes = [node, ...others]
    this.type = planType(definition.type)
    this.hasArguments = definition.args.length > 0
    this.constant = definition === TypeNameMetaFieldDef ? parentType.name : null
    this.resolve = definition.resolve ?? (this.hasArguments ? defaultFieldResolver : null)
  }

  /** Describes the field and what is selected of its value; null if that depends on more than the object. */
  describe(): string | null {
    const name = `${this.responseName}:${this.name}`
    if (this.constant !== null) return name
    if (this.hasArguments || (this.resolve && !isComputedFromObject(this.definition.extensions))) return null
    const inner = innermostType(this.type)
    if (inner.kind === 'leaf') return name
    const selected = inner.kind === 'object' ? this.selectionOf(inner.type).describe() : null
    return selected && `${name}${selected}`
  }

  /** The fields that are selected of the field's value if it has this type. Planned when it is first needed. */
  selectionOf(type: GraphQLObjectType): Selection {
    const known = this.#selections?.get(type)
    if (known) return known
    const { schema, fragments, conditions } = this.#source
    const nodesByName = collectSubfields(schema, fragments, conditions, type, this.nodes)
    const selection = planSelection(this.#source, type, nodesByName)
    this.#selections ??= new Map()
    this.#selections.set(type, selection)
    return selection
  }
}

/** Plans the root fields of an operation. Throws a TypeError if the schema does not have this kind of operation. */
export function planRootSelection(source: PlanSource): Selection {
  const { schema, fragments, conditions, operation } = source
  const type = schema.getRootType(operation.operation)
  if (!type) throw new TypeError(`the schema has no ${operation.operation}`)
  return planSelection(
    source,
    type,
    collectFields(schema, fragments, conditions, type, operation.selectionSet),
  )
}

function planSelection(
  source: PlanSource,
  type: GraphQLObjectType,
  nodesByName: ReadonlyMap<string, readonly FieldNode[]>,
): Selection {
  const definitions = type.getFields()
  const fields: PlannedField[] = []
  for (const [responseName, [node, ...others]] of nodesByName) {
    if (!node) continue
    const name = node.name.value
    const definition = name === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : definitions[name]
    if (definition) fields.push(new PlannedField(source, type, definition, responseName, [node, ...others]))
  }
  return new Selection(type, fields, nodesByName.has('__proto__'))
}

function innermostType(type: PlannedType): Exclude<PlannedType, { readonly kind: 'list' }> {
  return type.kind === 'list' ? innermostType(type.items) : type
}

const plannedTypes = new WeakMap<GraphQLOutputType, PlannedType>()

function planType(type: GraphQLOutputType): PlannedType {
  const known = plannedTypes.get(type)
  if (known) return known
  const planned = createPlannedType(type)
  plannedTypes.set(type, planned)
  return planned
}

function createPlannedType(type: GraphQLOutputType): PlannedType {
  const isRequired = isNonNullType(type)
  const inner = isNonNullType(type) ? type.ofType : type
  if (isLeafType(inner)) return { kind: 'leaf', isRequired, type: inner, sameType: sameTypeOf(inner) }
  if (isListType(inner)) return { kind: 'list', isRequired, items: planType(inner.ofType) }
  if (isAbstractType(inner)) return { kind: 'abstract', isRequired, type: inner }
  return { kind: 'object', isRequired, type: inner }
}

function sameTypeOf(type: GraphQLLeafType): 'string' | 'boolean' | null {
  if (type === GraphQLString || type === GraphQLID) return 'string'
  return type === GraphQLBoolean ? 'boolean' : null
}
