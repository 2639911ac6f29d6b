import { type DocumentNode, type GraphQLSchema, getOperationAST, Kind, visit } from 'graphql'
import { startArgumentIn } from '../../schema/shared-subscription-option.ts'
import { rootFields } from '../graphql/plugins/root-fields.ts'

/** A variable that only says where a subscriber starts. */
export interface StartVariable {
  readonly name: string
  /** Whether the operation requires a value for it. */
  readonly isRequired: boolean
}

/**
 * Finds the variables that only say where a subscriber starts; null for an operation that subscribers cannot share: its
 * root field has no option `shared` in the schema, or it has several root fields.
 */
export function startVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): readonly StartVariable[] | null {
  const operation = getOperationAST(document, operationName)
  if (operation?.operation !== 'subscription') return null
  const roots = rootFields(document, operation.selectionSet)
  const names = new Set(roots.map(({ name }) => name.value))
  const [name = '', ...others] = names
  const field = schema.getSubscriptionType()?.getFields()[name]
  const startArgument = field && startArgumentIn(field.extensions)
  if (startArgument === undefined || others.length > 0) return null
  const starts = roots.flatMap(
    (node) => node.arguments?.filter((argument) => argument.name.value === startArgument) ?? [],
  )
  const usedForStart = starts.flatMap(({ value }) => (value.kind === Kind.VARIABLE ? [value.name.value] : []))
  const used = variableUses(document)
  // A variable that is also used elsewhere changes the result.
  return (operation.variableDefinitions ?? [])
    .map(({ variable, type }) => ({
      name: variable.name.value,
      isRequired: type.kind === Kind.NON_NULL_TYPE,
    }))
    .filter(({ name }) => count(usedForStart, name) > 0 && count(usedForStart, name) === count(used, name))
}

/** The name of each use of a variable, declarations excluded. */
function variableUses(document: DocumentNode): readonly string[] {
  const used: string[] = []
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.push(name.value),
  })
  return used
}

function count(names: readonly string[], wanted: string): number {
  return names.filter((name) => name === wanted).length
}
