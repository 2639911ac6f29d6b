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
import type { Tracing } from '../../tracing/tracing.ts'
import type { OperationScope } from '../graphql/operation-context.ts'
import { withPartialFailures } from '../graphql/plugins/partial-failures.ts'
import { formatResult } from '../graphql/result-format.ts'
import { ResultCache } from './result-cache.ts'
import { SharedResult } from './shared-result.ts'

/** The arguments of an execution, without context and event. */
export type ExecutableOperation = Pick<
  ExecutionArgs,
  'schema' | 'document' | 'operationName' | 'variableValues'
>

/** One event: the same object for all subscribers. Events of a room have the cursor after which a subscriber resumes. */
export interface SharedEvent {
  readonly cursor?: string
}

/** The start of one subscriber's stream, in which it may differ from the others. */
export interface SubscriberStart {
  /** All variables, including the start position. */
  readonly variables: Readonly<Record<string, unknown>>
  /** The cursor that a reconnecting client sends through its transport. It overrides the variables. */
  readonly resumeAfter: string | null
  /** The subscriber's address as limits count it. */
  readonly clientAddress: string
  /** Aborts when the subscriber disconnects before the stream is open. */
  readonly signal: AbortSignal
}

/** The operation, its caller, and callbacks for its first and last subscriber. */
export interface SharedOperationOptions {
  readonly operation: ExecutableOperation
  readonly caller: Caller
  readonly createContext: (scope: OperationScope) => Context
  readonly maskError: (error: unknown) => GraphQLError
  /** Null where tracing is off. */
  readonly tracing: Tracing | null
  /** Called when a first subscriber is added, so never for one that a limit rejected. */
  readonly onFirstSubscriber: () => void
  readonly onLastSubscriberLeft: () => void
}

/**
 * One subscription, executed and serialized once per event for all clients that send the same operation and may see the
 * same. It runs as the caller of the first one. Each subscriber has its own queue of events; this class holds what they share.
 */
export class SharedOperation {
  readonly #options: SharedOperationOptions
  readonly #executing = new Set<AbortController>()
  #results: ResultCache<SharedEvent> | null = null
  #subscribers = 0

  constructor(options: SharedOperationOptions) {
    this.#options = options
  }

  /** Call it before `openStream`, and `removeSubscriber` exactly once afterwards. */
  addSubscriber(): void {
    if (this.#subscribers === 0) this.#options.onFirstSubscriber()
    this.#subscribers += 1
  }

  /** Removes a subscriber. Without subscribers the executions in flight are aborted. */
  removeSubscriber(): void {
    this.#subscribers -= 1
    if (this.#subscribers > 0) return
    for (const controller of this.#executing) controller.abort()
    this.#options.onLastSubscriberLeft()
  }

  /** Opens a subscriber's queue of events, or resolves to the errors for its client. Rejects on unexpected errors. */
  async openStream({
    variables,
    resumeAfter,
    clientAddress,
    signal,
  }: SubscriberStart): Promise<SubscriberQueue<SharedEvent> | SharedResult> {
    const { operation, caller, createContext } = this.#options
    const stream = await createSourceEventStream({
      ...operation,
      variableValues: variables,
      contextValue: createContext({ caller, clientAddress, signal, resumeAfter }),
    })
    if (stream instanceof BoundedQueue || stream instanceof ConflatingQueue) return stream
    if (Symbol.asyncIterator in stream)
      throw new TypeError('A shared subscription field must return a queue for each subscriber.')
    return new SharedResult(this.#serialize(stream), null)
  }

  /** The result of an event. A promise of it never rejects: errors are part of the result. */
  resultFor(event: SharedEvent): SharedResult | Promise<SharedResult> {
    this.#results ??= new ResultCache()
    const { tracing } = this.#options
    // Otherwise its calls would be a part of whatever has delivered the event.
    return this.#results.get(event, () =>
      tracing ? tracing.runIn(null, () => this.#execute(event)) : this.#execute(event),
    )
  }

  #execute(event: SharedEvent): SharedResult | Promise<SharedResult> {
    const { operation, caller, createContext, maskError } = this.#options
    const controller = new AbortController()
    // Each event has its own context: what the loaders hold may have changed by the next event.
    const context = createContext({ caller, clientAddress: null, signal: controller.signal })
    const toShared = (result: ExecutionResult) =>
      new SharedResult(
        this.#serialize(withPartialFailures(result, context.partialFailures)),
        event.cursor ?? null,
      )
    const toFailure = (error: unknown) => toShared({ errors: [maskError(error)] })
    try {
      const executed = execute({ ...operation, rootValue: event, contextValue: context })
      if (!(executed instanceof Promise)) return toShared(executed)
      this.#executing.add(controller)
      return executed
        .then(toShared)
        .catch(toFailure)
        .finally(() => this.#executing.delete(controller))
    } catch (error) {
      return toFailure(error)
    }
  }

  #serialize(result: ExecutionResult): Buffer {
    const { maskError } = this.#options
    const errors = result.errors?.map(maskError)
    return Buffer.from(JSON.stringify(formatResult(errors ? { ...result, errors } : result)))
  }
}
