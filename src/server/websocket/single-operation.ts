import { type DocumentNode, type ExecutionResult, GraphQLError, getOperationAST } from 'graphql'
import type { Caller } from '../../domain/caller.ts'
import type { GraphQLServer } from '../graphql/graphql-server.ts'
import type { OperationRequest } from '../shared-subscriptions/subscription-request.ts'
import { type RunningOperation, transportError } from './socket-operations.ts'

/** An operation that runs for one client alone, through the engine and all its plugins. */
export class SingleOperation implements RunningOperation {
  readonly #start: () => Promise<ExecutionResult | AsyncIterable<ExecutionResult>>
  readonly #left: AbortController
  #stream: AsyncIterator<ExecutionResult> | null = null

  private constructor(
    start: () => Promise<ExecutionResult | AsyncIterable<ExecutionResult>>,
    left: AbortController,
  ) {
    this.#start = start
    this.#left = left
  }

  /** Parses and validates what a client asks, or gives what is wrong with it. */
  static prepare(
    graphql: GraphQLServer,
    caller: Caller,
    clientAddress: string,
    payload: OperationRequest,
  ): SingleOperation | readonly GraphQLError[] {
    const left = new AbortController()
    const engine = graphql.getEnveloped({ caller, clientAddress, signal: left.signal, params: payload })
    const { schema } = engine
    try {
      const document: DocumentNode = engine.parse(payload.query)
      const errors = engine.validate(schema, document)
      if (errors.length > 0) return errors
      const operation = getOperationAST(document, payload.operationName)
      if (!operation)
        return [transportError('OPERATION_RESOLUTION_FAILURE', 'It is unclear which operation to run.')]
      const operationName = payload.operationName ?? null
      const args = { schema, document, operationName, variableValues: payload.variables ?? null }
      const start = operation.operation === 'subscription' ? engine.subscribe : engine.execute
      const run = async () => start({ ...args, contextValue: await engine.contextFactory() })
      return new SingleOperation(run, left)
    } catch (error) {
      if (error instanceof GraphQLError) return [error]
      throw error
    }
  }

  /** Whether the client wants to hear no more of it. */
  get isCancelled(): boolean {
    return this.#left.signal.aborted
  }

  /** Runs it; resolves when it is over. Each answer is told before the next is asked for. */
  async run(tell: (answer: ExecutionResult) => Promise<void>): Promise<void> {
    const answers = await this.#start()
    if (!(Symbol.asyncIterator in answers)) {
      if (!this.isCancelled) await tell(answers)
      return
    }
    const stream = answers[Symbol.asyncIterator]()
    this.#stream = stream
    if (this.isCancelled) this.cancel()
    for (;;) {
      const { done, value } = await stream.next()
      if (done || this.isCancelled) return
      await tell(value)
    }
  }

  cancel(): void {
    this.#left.abort()
    // Nobody is left to be told how that went.
    this.#stream?.return?.().catch(() => {})
  }
}
