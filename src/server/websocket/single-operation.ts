import type { ExecutionResult, GraphQLError } from 'graphql'
import type { Caller } from '../../domain/caller.ts'
import type { GraphQLServer } from '../graphql/graphql-server.ts'
import type { OperationRequest } from '../graphql/operation-request.ts'
import { type Execute, prepareExecution } from '../graphql/prepare-execution.ts'
import type { RunningOperation } from './socket-operations.ts'

/** An operation that runs for one client, through the GraphQL engine and all its plugins. */
export class SingleOperation implements RunningOperation {
  readonly #execute: Execute
  readonly #cancelled: AbortController
  #stream: AsyncIterator<ExecutionResult> | null = null

  private constructor(execute: Execute, cancelled: AbortController) {
    this.#execute = execute
    this.#cancelled = cancelled
  }

  /** Parses and validates a request; returns its errors if it is invalid. */
  static prepare(
    graphql: GraphQLServer,
    caller: Caller,
    clientAddress: string,
    request: OperationRequest,
  ): SingleOperation | readonly GraphQLError[] {
    const cancelled = new AbortController()
    const scope = { caller, clientAddress, signal: cancelled.signal }
    const prepared = prepareExecution(graphql, scope, request)
    return typeof prepared === 'function' ? new SingleOperation(prepared, cancelled) : prepared
  }

  get isCancelled(): boolean {
    return this.#cancelled.signal.aborted
  }

  /**
   * Runs the operation; resolves when it is finished. Each result is sent before the next one is requested. `onStarted` is called
   * when it has its result, or its stream.
   */
  async run(send: (result: ExecutionResult) => Promise<void>, onStarted?: () => void): Promise<void> {
    const results = await this.#execute()
    onStarted?.()
    if (!(Symbol.asyncIterator in results)) {
      if (!this.isCancelled) await send(results)
      return
    }
    const stream = results[Symbol.asyncIterator]()
    this.#stream = stream
    if (this.isCancelled) this.cancel()
    for (;;) {
      const { done, value } = await stream.next()
      if (done || this.isCancelled) return
      await send(value)
    }
  }

  cancel(): void {
    this.#cancelled.abort()
    // No client is left that an error could be sent to.
    this.#stream?.return?.().catch(() => {})
  }
}
