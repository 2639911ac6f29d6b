import type { FormattedExecutionResult, GraphQLError } from 'graphql'
import { MessageType } from 'graphql-ws'
import { formatError } from '../results.ts'
import type { SharedResult } from '../sharing/shared-result.ts'
import type { Recipient } from '../sharing/shared-stream.ts'
import type { Operations } from './operations.ts'
import type { Outgoing } from './outgoing.ts'

/** What one client is told of its operations, as messages of graphql-transport-ws. */
export class Answers {
  readonly out: Outgoing
  readonly #operations: Operations
  readonly #maskError: (error: unknown) => GraphQLError

  constructor(out: Outgoing, operations: Operations, maskError: (error: unknown) => GraphQLError) {
    this.out = out
    this.#operations = operations
    this.#maskError = maskError
  }

  /** The client has introduced itself. */
  acknowledge(): void {
    void this.out.send({ type: MessageType.ConnectionAck })
  }

  /** Answers a ping, without the payload it carried: the protocol does not ask for it, and a client chooses its size. */
  pong(): void {
    void this.out.send({ type: MessageType.Pong })
  }

  /** Resolves when the answer has left the process. */
  next(id: string, payload: FormattedExecutionResult): Promise<void> {
    return this.out.send({ id, type: MessageType.Next, payload })
  }

  /** The operation is over by itself. */
  complete(id: string): void {
    this.#operations.end(id)
    void this.out.send({ id, type: MessageType.Complete })
  }

  /** The operation broke. */
  fail(id: string, error: unknown): void {
    this.#operations.end(id)
    this.refuse(id, [this.#maskError(error)])
  }

  /** The operation never began. */
  refuse(id: string, errors: readonly GraphQLError[]): void {
    void this.out.send({ id, type: MessageType.Error, payload: errors.map(formatError) })
  }
}

/** The end of a shared stream that is one client's subscription. */
export class SharedAnswers implements Recipient {
  readonly #answers: Answers
  readonly #id: string

  constructor(answers: Answers, id: string) {
    this.#answers = answers
    this.#id = id
  }

  get isFull(): boolean {
    return this.#answers.out.isFull
  }

  whenFlushed(resume: () => void): void {
    this.#answers.out.whenFlushed(resume)
  }

  next(result: SharedResult): void {
    this.#answers.out.share(this.#id, result)
  }

  fail(error: unknown): void {
    this.#answers.fail(this.#id, error)
  }

  complete(): void {
    this.#answers.complete(this.#id)
  }
}
