import type { FormattedExecutionResult, GraphQLError } from 'graphql'
import { MessageType } from 'graphql-ws'
import { formatError } from '../graphql/result-format.ts'
import type { SharedResult } from '../shared-subscriptions/shared-result.ts'
import type { ResultSink } from '../shared-subscriptions/shared-stream.ts'
import type { SocketOperations } from './socket-operations.ts'
import type { SocketWriter } from './socket-writer.ts'

/** Writes the results of one client's operations as messages of graphql-transport-ws. */
export class MessageWriter {
  readonly socketWriter: SocketWriter
  readonly #operations: SocketOperations
  readonly #maskError: (error: unknown) => GraphQLError

  constructor(
    socketWriter: SocketWriter,
    operations: SocketOperations,
    maskError: (error: unknown) => GraphQLError,
  ) {
    this.socketWriter = socketWriter
    this.#operations = operations
    this.#maskError = maskError
  }

  acknowledge(): void {
    void this.socketWriter.send({ type: MessageType.ConnectionAck })
  }

  /** Answers a ping without its payload: the protocol does not require it, and the client chooses its size. */
  pong(): void {
    void this.socketWriter.send({ type: MessageType.Pong })
  }

  /** Resolves when the result has left the process. */
  next(id: string, payload: FormattedExecutionResult): Promise<void> {
    return this.socketWriter.send({ id, type: MessageType.Next, payload })
  }

  /** Ends an operation that is finished. It is removed last, because a socket that goes away closes with its last answer. */
  complete(id: string): void {
    void this.socketWriter.send({ id, type: MessageType.Complete })
    this.#operations.remove(id)
  }

  /** Ends an operation that failed. */
  fail(id: string, error: unknown): void {
    this.sendErrors(id, [this.#maskError(error)])
    this.#operations.remove(id)
  }

  /** Rejects an operation that was not started. */
  sendErrors(id: string, errors: readonly GraphQLError[]): void {
    void this.socketWriter.send({ id, type: MessageType.Error, payload: errors.map(formatError) })
  }
}

/** Writes the results of a shared stream to the subscription of one client. */
export class SharedStreamWriter implements ResultSink {
  readonly #writer: MessageWriter
  readonly #id: string

  constructor(writer: MessageWriter, id: string) {
    this.#writer = writer
    this.#id = id
  }

  get isFull(): boolean {
    return this.#writer.socketWriter.isFull
  }

  onDrain(resume: () => void): void {
    this.#writer.socketWriter.onDrain(resume)
  }

  next(result: SharedResult): void {
    this.#writer.socketWriter.sendShared(this.#id, result)
  }

  cork(): void {
    this.#writer.socketWriter.cork()
  }

  uncork(): void {
    this.#writer.socketWriter.uncork()
  }

  fail(error: unknown): void {
    this.#writer.fail(this.#id, error)
  }

  complete(): void {
    this.#writer.complete(this.#id)
  }
}
