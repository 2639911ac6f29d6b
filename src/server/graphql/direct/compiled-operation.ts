import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Context } from '../../../schema/context.ts'
import type { ArgumentsByField, OperationPlan } from './field-value.ts'
import type { TextReuse } from './object-texts.ts'
import { planRootSelection } from './operation-plan.ts'
import { executePlan } from './plan-execution.ts'

type Variables = Readonly<Record<string, unknown>>

/** Plans of one operation, one for each combination of the variables in its conditions. */
export const MAX_PLANS = 4

/**
 * The valid variables of one request. They hold no reference to the operation, so a cache of requests retains neither it nor its
 * plans, whose memory has a bound of its own.
 */
export interface PreparedVariables {
  readonly coerced: Record<string, unknown>
  /** The variables in the operation's conditions. */
  readonly conditions: Record<string, boolean>
  readonly argumentsByField: ArgumentsByField
}

/** An operation that is executed by plans. */
export interface PlannedOperation {
  /** Prepares variables; null if they are not valid. */
  prepare(variables: Variables): PreparedVariables | null
  /**
   * Executes the operation. With `texts` the result contains a JsonText for each object whose serialized form is known. It
   * never throws and never rejects.
   */
  execute(
    variables: PreparedVariables,
    context: Context,
    texts?: TextReuse,
  ): ExecutionResult | Promise<ExecutionResult>
}

/** Compiles the operation of a valid document to plans: no text of the document becomes code. */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): PlannedOperation {
  const fragments = fragmentsOf(document)
  const names = conditionVariables(document)
  const plans = new LRUCache<string, OperationPlan>({ max: MAX_PLANS })
  const planFor = (conditions: Record<string, boolean>): OperationPlan => {
    const key = names.map((name) => Number(conditions[name])).join('')
    let plan = plans.get(key)
    if (!plan) {
      const source = { schema, operation, fragments, conditions }
      plan = { ...source, selection: planRootSelection(source) }
      plans.set(key, plan)
    }
    return plan
  }
  return {
    prepare(variables) {
      const definitions = operation.variableDefinitions ?? []
      const { coerced } = getVariableValues(schema, definitions, variables, { maxErrors: 1 })
      const conditions = coerced ? readConditions(coerced, names) : null
      return coerced && conditions ? { coerced, conditions, argumentsByField: new WeakMap() } : null
    },
    execute({ coerced, conditions, argumentsByField }, context, texts) {
      const prepared = { plan: planFor(conditions), variables: coerced, argumentsByField }
      return executePlan(prepared, context, texts ?? null)
    },
  }
}

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null)
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition
  return fragments
}

/** The names of the variables in `@skip` and `@include`. */
function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>()
  visit(document, {
    Directive: (directive) => {
      visit(directive, { Variable: ({ name }) => void names.add(name.value) })
      return false
    },
  })
  return [...names]
}

/** The values of these variables; null if one is no boolean, as null for a variable that has a default. */
function readConditions(variables: Variables, names: readonly string[]): Record<string, boolean> | null {
  const conditions: Record<string, boolean> = Object.create(null)
  for (const name of names) {
    const value = variables[name]
    if (typeof value !== 'boolean') return null
    conditions[name] = value
  }
  return conditions
}
