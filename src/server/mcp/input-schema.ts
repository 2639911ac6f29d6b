import {
  type ArgumentNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  type ObjectFieldNode,
  type OperationDefinitionNode,
  TypeInfo,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { z } from 'zod'

/** JSON Schema of one value. A type and no interface: only types are JSON values to the compiler. */
export type ValueSchema = {
  readonly type: string
  readonly format?: string
  readonly enum?: string[]
  readonly items?: ValueSchema
  readonly description?: string
  readonly default?: z.core.util.JSONType
}

/** JSON Schema of the arguments of a tool. */
export interface ArgumentsSchema {
  readonly type: 'object'
  readonly properties: Record<string, ValueSchema>
  readonly required: string[]
  readonly additionalProperties: false
}

/** JSON Schema of the scalars. GraphQL checks the values, so it only needs to say what to send. */
const scalarSchemas: ReadonlyMap<string, ValueSchema> = new Map([
  ['ID', { type: 'string' }],
  ['String', { type: 'string' }],
  ['Int', { type: 'integer' }],
  ['Boolean', { type: 'boolean' }],
  ['Date', { type: 'string', format: 'date' }],
  ['DateTime', { type: 'string', format: 'date-time' }],
])

/**
 * Derives the JSON Schema of a tool's arguments from the variables of its operation: their types and defaults, and the
 * descriptions that the GraphQL schema has where they are used. `overrides` replaces descriptions.
 */
export function deriveArgumentsSchema(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  uses: readonly VariableUse[],
  overrides: Readonly<Record<string, string>> = {},
): ArgumentsSchema {
  const schemaDescriptions = uses.map(({ variable, description }) => [variable, description] as const)
  const descriptions = new Map([...schemaDescriptions, ...Object.entries(overrides)])
  const properties = variableDefinitions.map((definition) => {
    const name = definition.variable.name.value
    return [name, variableSchema(schema, definition, descriptions.get(name) ?? '')] as const
  })
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: variableDefinitions.filter(isRequired).map(({ variable }) => variable.name.value),
    additionalProperties: false,
  }
}

function isRequired({ type, defaultValue }: VariableDefinitionNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined
}

function variableSchema(
  schema: GraphQLSchema,
  { type: typeNode, defaultValue }: VariableDefinitionNode,
  use: string,
): ValueSchema {
  const type = typeFromAST(schema, typeNode)
  if (!isInputType(type)) throw new TypeError('A variable has an unknown type.')
  const description = [use, ...describeEnumValues(getNamedType(type))].join(' ').trim()
  return {
    ...valueSchema(type),
    ...(description !== '' && { description }),
    ...(defaultValue && { default: z.json().parse(valueFromASTUntyped(defaultValue)) }),
  }
}

function valueSchema(type: GraphQLInputType): ValueSchema {
  if (isNonNullType(type)) return valueSchema(type.ofType)
  if (isListType(type)) return { type: 'array', items: valueSchema(type.ofType) }
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) }
  const scalar = scalarSchemas.get(type.name)
  if (scalar) return scalar
  throw new TypeError(`The type ${type.name} has no JSON Schema.`)
}

/** JSON Schema has no place for the descriptions of an enum's values, so they follow that of the argument. */
function describeEnumValues(type: GraphQLNamedType): readonly string[] {
  return isEnumType(type) ? type.getValues().map(({ name, description }) => `${name}: ${description}`) : []
}

/** A place where a document uses a variable. */
export interface VariableUse {
  readonly variable: string
  /** The argument, or the field of an input object, whose value it is. */
  readonly field: string
  /** The description of that argument or field. */
  readonly description: string
}

/** Finds the places where a document uses its variables. */
export function findVariableUses(schema: GraphQLSchema, document: DocumentNode): readonly VariableUse[] {
  const types = new TypeInfo(schema)
  const uses: VariableUse[] = []
  const add = ({ name, value }: ArgumentNode | ObjectFieldNode, description: string | null | undefined) => {
    if (value.kind !== Kind.VARIABLE) return
    uses.push({ variable: value.name.value, field: name.value, description: description ?? '' })
  }
  const visitor = visitWithTypeInfo(types, {
    Argument: (node) => add(node, types.getArgument()?.description),
    ObjectField(node) {
      const parent = getNamedType(types.getParentInputType())
      add(node, isInputObjectType(parent) ? parent.getFields()[node.name.value]?.description : null)
    },
  })
  visit(document, visitor)
  return uses
}
