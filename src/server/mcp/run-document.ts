import type { OperatorCaller } from '../../domain/caller.ts'
import { runAsSpan, type Tracing } from '../../tracing/tracing.ts'
import type { GraphQLServer } from '../graphql/graphql-server.ts'
import { prepareExecution } from '../graphql/prepare-execution.ts'
import { formatError, formatResult } from '../graphql/result-format.ts'
import type { MeasureWork } from '../limits/work-limits.ts'
import { type Outcome, readOutcome } from './tool-result.ts'

/** The operator whose client sent a request. */
export interface McpClient {
  readonly caller: OperatorCaller
  /** The client's address as limits count it. */
  readonly clientAddress: string
  /** Charges the work of checking a large request to the client; null for any other request. */
  readonly charge: MeasureWork | null
}

/** Runs one of the gateway's own documents as a client, until `signal` aborts. */
export type RunDocument = (
  document: string,
  variables: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
) => Promise<Outcome>

/** Creates the function that runs documents for one client, exactly as if it had sent them. */
export function createRunDocument(
  graphql: GraphQLServer,
  { caller, clientAddress, charge }: McpClient,
  tracing: Tracing | null,
): RunDocument {
  const run: RunDocument = async (query, variables, signal) => {
    const scope = { caller, clientAddress, signal, isOwnDocument: true, ...(charge && { charge }) }
    const prepared = prepareExecution(graphql, scope, { query, variables })
    if (typeof prepared !== 'function') return readOutcome({ errors: prepared.map(formatError) })
    const result = await prepared()
    if (Symbol.asyncIterator in result) throw new TypeError('A subscription cannot be run here.')
    return readOutcome(formatResult(result))
  }
  if (!tracing) return run
  const start = { name: 'GraphQL Operation', kind: 'internal', attributes: {} } as const
  return (...request) =>
    runAsSpan(
      tracing,
      start,
      () => run(...request),
      () => 'unexpected',
    )
}
