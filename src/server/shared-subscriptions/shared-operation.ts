import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type GraphQLError,
} from 'graphql'
import type { Caller } from '../../domain/caller.ts'
import { BoundedQueue } from '../../live/delivery/bounded-queue.ts'
import { ConflatingQueue } from '../../live/delivery/conflating-queue.ts'
import type { SubscriberQueue } from '../../live/delivery/subscriber-queue.ts'
import type { Context } from '../../schema/context.ts'
import type { OperationScope } from '../graphql/operation-context.ts'
import { withPartialFailures } from '../graphql/plugins/partial-failures.ts'
import { formatResult } from '../graphql/result-format.ts'
import { ResultCache } from './result-cache.ts'
import { SharedResult } from './shared-result.ts'

/** An operation as it is executed, but for the context and the event. */
export type ExecutableOperation = Pick<
  ExecutionArgs,
  'schema' | 'document' | 'operationName' | 'variableValues'
>

/** One event, the same object for all who are told of it. Those of a room say where a subscriber goes on behind them. */
export interface SharedEvent {
  readonly cursor?: string
}

/** How one subscriber's start differs from the others'. */
export interface SubscriberStart {
  /** All variables, its own start among them. */
  readonly variables: Readonly<Record<string, unknown>>
  /** The cursor that a client which reconnects names beside the operation; it wins. */
  readonly resumeAfter: string | null
  /** Where the subscriber comes from, as limits count it. */
  readonly clientAddress: string
  /** Aborts when the subscriber leaves before it has begun. */
  readonly signal: AbortSignal
}

/** What is shared, for whom, and who is told of its beginning and its end. */
export interface SharedOperationOptions {
  readonly operation: ExecutableOperation
  readonly caller: Caller
  readonly createContext: (scope: OperationScope) => Context
  readonly maskError: (error: unknown) => GraphQLError
  /** Called when a first subscriber enters: one that was refused its place never does. */
  readonly onFirstSubscriber: () => void
  /** Called when the last subscriber has left. */
  readonly onLastSubscriberLeft: () => void
}

/**
 * One subscription, executed and written down once per event for all who ask the same as the same caller. Each
 * subscriber has its own place in the stream; this holds what they have in common.
 */
export class SharedOperation {
  readonly #options: SharedOperationOptions
  readonly #results = new ResultCache<SharedEvent>()
  readonly #executing = new Set<AbortController>()
  #subscribers = 0

  constructor(options: SharedOperationOptions) {
    this.#options = options
  }

  /** Every subscriber enters before it opens its stream, and leaves once. */
  addSubscriber(): void {
    if (this.#subscribers === 0) this.#options.onFirstSubscriber()
    this.#subscribers += 1
  }

  /** With the last subscriber goes what is being executed for it. */
  removeSubscriber(): void {
    this.#subscribers -= 1
    if (this.#subscribers > 0) return
    for (const controller of this.#executing) controller.abort()
    this.#options.onLastSubscriberLeft()
  }

  /** A subscriber's own place in the events, or why it gets none. Rejects with nothing that was foreseen. */
  async openStream({
    variables,
    resumeAfter,
    clientAddress,
    signal,
  }: SubscriberStart): Promise<SubscriberQueue<SharedEvent> | SharedResult> {
    const { operation, caller, createContext: makeContext } = this.#options
    const stream = await createSourceEventStream({
      ...operation,
      variableValues: variables,
      contextValue: makeContext({ caller, clientAddress, signal, resumeAfter }),
    })
    if (stream instanceof BoundedQueue || stream instanceof ConflatingQueue) return stream
    if (Symbol.asyncIterator in stream)
      throw new TypeError('A field that can be shared yields a queue for each subscriber.')
    return new SharedResult(this.#write(stream), null)
  }

  /** What came of an event. It never rejects: a failure is a part of the result. */
  resultFor(event: SharedEvent): SharedResult | Promise<SharedResult> {
    return this.#results.get(event, () => this.#execute(event))
  }

  #execute(event: SharedEvent): SharedResult | Promise<SharedResult> {
    const { operation, caller, createContext: makeContext, maskError } = this.#options
    const controller = new AbortController()
    // Its own: what one event has loaded is not the truth at the next.
    const context = makeContext({ caller, clientAddress: null, signal: controller.signal })
    const written = (result: ExecutionResult) =>
      new SharedResult(
        this.#write(withPartialFailures(result, context.partialFailures)),
        event.cursor ?? null,
      )
    const broken = (error: unknown) => written({ errors: [maskError(error)] })
    try {
      const executed = execute({ ...operation, rootValue: event, contextValue: context })
      if (!(executed instanceof Promise)) return written(executed)
      this.#executing.add(controller)
      return executed
        .then(written)
        .catch(broken)
        .finally(() => this.#executing.delete(controller))
    } catch (error) {
      return broken(error)
    }
  }

  #write(result: ExecutionResult): Buffer {
    const { maskError } = this.#options
    const errors = result.errors?.map(maskError)
    return Buffer.from(JSON.stringify(formatResult(errors ? { ...result, errors } : result)))
  }
}
