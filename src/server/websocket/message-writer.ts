import type { FormattedExecutionResult, GraphQLError } from 'graphql'
import { MessageType } from 'graphql-ws'
import { formatError } from '../graphql/result-format.ts'
import type { SharedResult } from '../shared-subscriptions/shared-result.ts'
import type { ResultSink } from '../shared-subscriptions/shared-stream.ts'
import type { SocketOperations } from './socket-operations.ts'
import type { SocketWriter } from './socket-writer.ts'

/** What one client is told of its operations, as messages of graphql-transport-ws. */
export class MessageWriter {
  readonly socketWriter: SocketWriter
  readonly #operations: SocketOperations
  readonly #maskError: (error: unknown) => GraphQLError

  constructor(out: SocketWriter, operations: SocketOperations, maskError: (error: unknown) => GraphQLError) {
    this.socketWriter = out
    this.#operations = operations
    this.#maskError = maskError
  }

  /** The client has introduced itself. */
  acknowledge(): void {
    void this.socketWriter.send({ type: MessageType.ConnectionAck })
  }

  /** Answers a ping, without the payload it carried: the protocol does not ask for it, and a client chooses its size. */
  pong(): void {
    void this.socketWriter.send({ type: MessageType.Pong })
  }

  /** Resolves when the answer has left the process. */
  next(id: string, payload: FormattedExecutionResult): Promise<void> {
    return this.socketWriter.send({ id, type: MessageType.Next, payload })
  }

  /** The operation is over by itself. */
  complete(id: string): void {
    this.#operations.remove(id)
    void this.socketWriter.send({ id, type: MessageType.Complete })
  }

  /** The operation broke. */
  fail(id: string, error: unknown): void {
    this.#operations.remove(id)
    this.sendErrors(id, [this.#maskError(error)])
  }

  /** The operation never began. */
  sendErrors(id: string, errors: readonly GraphQLError[]): void {
    void this.socketWriter.send({ id, type: MessageType.Error, payload: errors.map(formatError) })
  }
}

/** The end of a shared stream that is one client's subscription. */
export class SharedStreamWriter implements ResultSink {
  readonly #answers: MessageWriter
  readonly #id: string

  constructor(answers: MessageWriter, id: string) {
    this.#answers = answers
    this.#id = id
  }

  get isFull(): boolean {
    return this.#answers.socketWriter.isFull
  }

  onDrain(resume: () => void): void {
    this.#answers.socketWriter.onDrain(resume)
  }

  next(result: SharedResult): void {
    this.#answers.socketWriter.sendShared(this.#id, result)
  }

  fail(error: unknown): void {
    this.#answers.fail(this.#id, error)
  }

  complete(): void {
    this.#answers.complete(this.#id)
  }
}
