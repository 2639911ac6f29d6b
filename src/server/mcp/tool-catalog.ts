import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
} from 'graphql'
import { type ArgumentsSchema, deriveArgumentsSchema, findVariableUses } from './input-schema.ts'
import type { Failure } from './tool-result.ts'
import { tools } from './tools/index.ts'
import type { Tool } from './tools/tool.ts'

/** The arguments of a call, as its client sent them. */
export type ToolArguments = Readonly<Record<string, unknown>>

/** A tool whose document was read. */
export interface CatalogedTool extends Tool {
  /** The name of the document's operation. */
  readonly name: string
  readonly operation: OperationDefinitionNode
  readonly argumentsSchema: ArgumentsSchema
  /** The argument that is the value of an argument or input field of the schema, by the latter's name. */
  readonly argumentByField: ReadonlyMap<string, string>
}

/** Reads the documents of all tools; by name, in their order. */
export function createToolCatalog(schema: GraphQLSchema): ReadonlyMap<string, CatalogedTool> {
  return new Map(
    tools.map((tool) => {
      const document = parse(tool.document, { noLocation: true })
      const operation = onlyOperation(document)
      const name = operation.name?.value ?? ''
      const uses = findVariableUses(schema, document)
      const argumentsSchema = deriveArgumentsSchema(schema, operation, uses, tool.argumentDescriptions)
      const argumentByField = new Map(uses.map(({ field, variable }) => [field, variable]))
      return [name, { ...tool, name, operation, argumentsSchema, argumentByField }] as const
    }),
  )
}

function onlyOperation(document: DocumentNode): OperationDefinitionNode {
  const operation = getOperationAST(document)
  if (operation) return operation
  throw new GraphQLError('The document of a tool must have one operation.')
}

/**
 * Returns why a tool cannot be called with these arguments, or null. GraphQL would ignore an unknown variable, and names no
 * variable in a form that programs can read.
 */
export function findArgumentFailure(
  schema: GraphQLSchema,
  { operation: { variableDefinitions = [] } }: Pick<CatalogedTool, 'operation'>,
  args: ToolArguments,
): Failure | null {
  const names = new Set(variableDefinitions.map(({ variable }) => variable.name.value))
  const unknown = Object.keys(args).find((name) => !names.has(name))
  if (unknown !== undefined) {
    const detail = `There is no such argument. The arguments are: ${[...names].join(', ') || 'none'}.`
    return { code: 'INVALID_INPUT', field: unknown, detail }
  }
  for (const definition of variableDefinitions) {
    const { errors } = getVariableValues(schema, [definition], args, { maxErrors: 1 })
    const [error] = errors ?? []
    if (!error) continue
    const detail = error.message.replace(/^Variable "\$(\w+)"/, 'Argument "$1"')
    return { code: 'INVALID_INPUT', field: definition.variable.name.value, detail }
  }
  return null
}

/** Names the argument of the tool at fault in place of the schema's field. */
export function withArgumentName(failure: Failure, { argumentByField }: CatalogedTool): Failure {
  // A path ends with the field, or with the index of an item of its list.
  const name = failure.field?.split('.').findLast((part) => argumentByField.has(part))
  const argument = name === undefined ? undefined : argumentByField.get(name)
  return argument === undefined ? failure : { ...failure, field: argument }
}
