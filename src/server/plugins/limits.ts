import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases'
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens'
import { complexityFromQuery } from '@pothos/plugin-complexity'
import { type DocumentNode, type ExecutionArgs, GraphQLError, getOperationAST, Kind } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Far above what a dashboard asks, far below what hurts. Complexity counts fields, lists by what they may hold. */
export const limits = { tokens: 2_000, aliases: 50, depth: 12, breadth: 1_000, complexity: 50_000 } as const

/** Refuses operations that would cost too much, before anything of them runs. */
export function limitPlugins(): Plugin[] {
  const { tokens, aliases } = limits
  return [
    maxTokensPlugin({ n: tokens, onReject: [refuse(`The document has more than ${tokens} tokens`)] }),
    maxAliasesPlugin({
      n: aliases,
      allowList: [],
      onReject: [refuse(`The operation has more than ${aliases} aliases`)],
    }),
    { onExecute: stopHeavy, onSubscribe: stopHeavy },
  ]
}

/** For the plugins' `onReject`: what is thrown there replaces their own error, which has no code. */
function refuse(fault: string): () => never {
  return () => {
    throw tooMuch(fault)
  }
}

interface BeforeRun {
  readonly args: ExecutionArgs
  setResultAndStopExecution(result: { errors: GraphQLError[] }): void
}

function stopHeavy({ args, setResultAndStopExecution }: BeforeRun): void {
  const fault = weigh(args)
  if (fault) setResultAndStopExecution({ errors: [fault] })
}

/** What is too heavy, or unclear, about an operation; null where nothing is. */
export function weigh({
  schema,
  document,
  contextValue,
  variableValues,
  operationName,
}: ExecutionArgs): GraphQLError | null {
  try {
    const weight = complexityFromQuery(onlyOperation(document, operationName), {
      schema,
      ctx: Object(contextValue),
      variables: variableValues ?? {},
    })
    const over = (['depth', 'breadth', 'complexity'] as const).find(
      (measured) => weight[measured] > limits[measured],
    )
    return over ? tooMuch(`The operation's ${over} of ${weight[over]} is more than ${limits[over]}`) : null
  } catch (error) {
    // Variables or arguments of the wrong kind. Execution would skip the one field and run the others unweighed.
    return refusal(
      'BAD_USER_INPUT',
      error instanceof GraphQLError ? error.message : 'What is asked is unclear.',
    )
  }
}

function tooMuch(fault: string): GraphQLError {
  return refusal('OPERATION_TOO_COMPLEX', `${fault}; ask for less at a time.`)
}

/** As with an invalid document: 400, or 200 where the client takes plain `application/json`. */
function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { spec: true, status: 400 } } })
}

/** The operation that will run, alone with the fragments: another one in the document must not be weighed for it. */
function onlyOperation(document: DocumentNode, operationName: string | null | undefined): DocumentNode {
  const operation = getOperationAST(document, operationName)
  const definitions = document.definitions.filter(
    (definition) => definition.kind !== Kind.OPERATION_DEFINITION || definition === operation,
  )
  return { ...document, definitions }
}
