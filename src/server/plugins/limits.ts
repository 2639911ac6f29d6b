import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases'
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens'
import { complexityFromQuery } from '@pothos/plugin-complexity'
import { type DocumentNode, type ExecutionArgs, GraphQLError, getOperationAST, Kind } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Far above what a dashboard asks, far below what hurts. Complexity counts fields, lists by what they may hold. */
export const limits = { tokens: 2_000, aliases: 50, depth: 12, breadth: 1_000, complexity: 50_000 } as const

/** Refuses operations that would cost too much, before anything of them runs. */
export function limitPlugins(): Plugin[] {
  return [
    maxTokensPlugin({ n: limits.tokens }),
    maxAliasesPlugin({ n: limits.aliases, allowList: [] }),
    { onExecute: stopHeavy, onSubscribe: stopHeavy },
  ]
}

interface BeforeRun {
  readonly args: ExecutionArgs
  setResultAndStopExecution(result: { errors: GraphQLError[] }): void
}

function stopHeavy({ args, setResultAndStopExecution }: BeforeRun): void {
  const { schema, document, contextValue, variableValues, operationName } = args
  const fault = weigh(() =>
    complexityFromQuery(onlyOperation(document, operationName), {
      schema,
      ctx: Object(contextValue),
      variables: variableValues ?? {},
    }),
  )
  if (fault) setResultAndStopExecution({ errors: [fault] })
}

function weigh(measure: () => { depth: number; breadth: number; complexity: number }): GraphQLError | null {
  const weight = safely(measure)
  // Variables of the wrong type cannot be weighed; execution refuses them by itself, and says better why.
  if (!weight) return null
  const over = (['depth', 'breadth', 'complexity'] as const).find(
    (measured) => weight[measured] > limits[measured],
  )
  if (!over) return null
  const message = `The operation's ${over} of ${weight[over]} is more than ${limits[over]}; ask for less at a time.`
  return new GraphQLError(message, { extensions: { code: 'OPERATION_TOO_COMPLEX' } })
}

function safely<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}

/** The operation that will run, alone with the fragments: another one in the document must not be weighed for it. */
function onlyOperation(document: DocumentNode, operationName: string | null | undefined): DocumentNode {
  const operation = getOperationAST(document, operationName)
  const definitions = document.definitions.filter(
    (definition) => definition.kind !== Kind.OPERATION_DEFINITION || definition === operation,
  )
  return { ...document, definitions }
}
