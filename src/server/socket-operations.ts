import {
  type ExecutionArgs,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  getOperationAST,
} from 'graphql'
import type { ExecutionResult, Context as SocketContext, SubscribePayload } from 'graphql-ws'
import { anonymous, type Caller } from '../chat/caller.ts'
import type { GraphQLServer } from './graphql.ts'

/** What is kept beside a socket. */
export interface SocketState {
  caller: Caller
  /** Operations under way, by the payload that asked for them: a client may use an id again. */
  readonly operations: Map<SubscribePayload, Operation>
}

interface Operation {
  readonly isSubscription: boolean
  readonly controller: AbortController
  /** False once the client has completed it or its socket has closed. */
  readonly isWanted: () => boolean
}

/** What graphql-ws is to run, by the engine's own functions: its plugins have their say in them. */
export type EngineArgs = ExecutionArgs &
  Pick<ReturnType<GraphQLServer['getEnveloped']>, 'execute' | 'subscribe'>

type Socket = SocketContext<Record<string, unknown>, SocketState>

/** State of a socket that has not introduced itself. */
export function newSocketState(): SocketState {
  return { caller: anonymous, operations: new Map() }
}

/**
 * Parses and validates one operation and makes its context, or gives what is wrong with it. Queries and subscriptions
 * are counted apart, so that a client who watches as much as it may can still ask.
 */
export async function prepareOperation(
  graphql: GraphQLServer,
  socket: Socket,
  maxAtATime: number,
  id: string,
  payload: SubscribePayload,
): Promise<EngineArgs | readonly GraphQLError[]> {
  const { extra } = socket
  const controller = new AbortController()
  const scope = { caller: extra.caller, signal: controller.signal, params: payload }
  const { schema, execute, subscribe, contextFactory, parse, validate } = graphql.getEnveloped(scope)
  try {
    const document = parse(payload.query)
    const errors = validate(schema, document)
    if (errors.length > 0) return errors
    const operation = getOperationAST(document, payload.operationName)
    if (!operation) return [refusal('OPERATION_RESOLUTION_FAILURE', 'It is unclear which operation to run.')]
    const isSubscription = operation.operation === 'subscription'
    if (countOf(extra, isSubscription) >= maxAtATime) return [tooMany(isSubscription, maxAtATime)]
    extra.operations.set(payload, { isSubscription, controller, isWanted: () => id in socket.subscriptions })
    return {
      schema,
      document,
      operationName: payload.operationName ?? null,
      variableValues: payload.variables ?? null,
      contextValue: await contextFactory(),
      execute,
      subscribe,
    }
  } catch (error) {
    endOperation(extra, payload)
    if (error instanceof GraphQLError) return [error]
    throw error
  }
}

/** Aborts what is left of an operation and forgets it. */
export function endOperation({ operations }: SocketState, payload: SubscribePayload): void {
  operations.get(payload)?.controller.abort()
  operations.delete(payload)
}

/** Ends the operations that the client has left; graphql-ws itself lets a query it has left run on. */
export function endUnwanted(state: SocketState): void {
  for (const [payload, { isWanted }] of state.operations) if (!isWanted()) endOperation(state, payload)
}

/** An answer as it goes over a socket: what errors say for HTTP's sake stays here. */
export function formatResult({ data, errors, extensions }: ExecutionResult): FormattedExecutionResult {
  return {
    ...(data !== undefined && { data }),
    ...(errors && { errors: errors.map(formatError) }),
    ...(extensions && { extensions }),
  }
}

/** An error as it goes over a socket. */
export function formatError(error: GraphQLError): GraphQLFormattedError {
  const { extensions, ...rest } = error.toJSON()
  const { http: _, ...told } = extensions ?? {}
  // Only of a syntax error does nobody say what it is.
  return { ...rest, extensions: { code: 'GRAPHQL_PARSE_FAILED', ...told } }
}

function countOf({ operations }: SocketState, isSubscription: boolean): number {
  return [...operations.values()].filter((operation) => operation.isSubscription === isSubscription).length
}

function tooMany(isSubscription: boolean, max: number): GraphQLError {
  return isSubscription
    ? refusal('TOO_MANY_SUBSCRIPTIONS', `At most ${max} subscriptions at a time on one socket.`)
    : refusal('TOO_MANY_OPERATIONS', `At most ${max} queries and mutations at a time on one socket.`)
}

function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } })
}
