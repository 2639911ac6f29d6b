import { type DocumentNode, type GraphQLSchema, getOperationAST, Kind, visit } from 'graphql'
import { rootFields } from '../graphql/plugins/root-fields.ts'

/** A variable that says no more than where a subscriber starts. */
export interface StartVariable {
  readonly name: string
  /** Whether the operation demands a value of it. */
  readonly isRequired: boolean
}

/**
 * Gives the variables that say no more than where a subscriber starts, or null for an operation that
 * subscribers cannot share. A field of the schema's Subscription says that it can be shared, and by which argument its
 * subscribers differ (null for none), in its extension `startArgument`: for equal other arguments it yields the very
 * same events.
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
  const start = schema.getSubscriptionType()?.getFields()[name]?.extensions['startArgument']
  if ((typeof start !== 'string' && start !== null) || others.length > 0) return null
  const starts = roots.flatMap(
    (field) => field.arguments?.filter((argument) => argument.name.value === start) ?? [],
  )
  const asked = starts.flatMap(({ value }) => (value.kind === Kind.VARIABLE ? [value.name.value] : []))
  const used = usedVariables(document)
  // A variable that is used elsewhere too has a say in the answer.
  return (operation.variableDefinitions ?? [])
    .map(({ variable, type }) => ({
      name: variable.name.value,
      isRequired: type.kind === Kind.NON_NULL_TYPE,
    }))
    .filter(({ name }) => count(asked, name) > 0 && count(asked, name) === count(used, name))
}

/** Every use of every variable; where it is declared is no use. */
function usedVariables(document: DocumentNode): readonly string[] {
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
