import type { ChatError } from '../../../../src/domain/errors.ts'
import type { Message } from '../../../../src/domain/model.ts'
import type {
  AccountPushReceiver,
  PushedChange,
  RoomPushReceiver,
  SignalReceiver,
} from '../../../../src/domain/push.ts'
import type { PushedSignal } from '../../../../src/domain/signals.ts'

/** One call of a receiver. */
export type Received =
  | { readonly type: 'live' }
  | { readonly type: 'down'; readonly reason: string; readonly isFinal: boolean; readonly error?: ChatError }
  | { readonly type: 'change'; readonly change: PushedChange }
  | { readonly type: 'signal'; readonly signal: PushedSignal }
  | { readonly type: 'activity'; readonly roomId: string }

/** A receiver of any push, which keeps its calls. Each wait consumes the calls up to the one that it found. */
export class RecordingReceiver implements RoomPushReceiver, SignalReceiver, AccountPushReceiver {
  readonly received: Received[] = []
  #consumed = 0
  #wake: (() => void) | null = null

  onLive(): void {
    this.#record({ type: 'live' })
  }

  onDown(reason: string, isFinal: boolean, error?: ChatError): void {
    this.#record({ type: 'down', reason, isFinal, ...(error && { error }) })
  }

  onChange(change: PushedChange): void {
    this.#record({ type: 'change', change })
  }

  onSignal(signal: PushedSignal): void {
    this.#record({ type: 'signal', signal })
  }

  onActivity(roomId: string): void {
    this.#record({ type: 'activity', roomId })
  }

  /** The changes so far. */
  get changes(): readonly PushedChange[] {
    return this.received.flatMap((call) => (call.type === 'change' ? [call.change] : []))
  }

  /** Waits for the next call of this type; the test's own timeout ends the wait. */
  async next<T extends Received['type']>(
    type: T,
    matches: (call: Extract<Received, { type: T }>) => boolean = () => true,
  ): Promise<Extract<Received, { type: T }>> {
    for (;;) {
      while (this.#consumed < this.received.length) {
        const call = this.received[this.#consumed]
        this.#consumed += 1
        if (call && isOfType(call, type) && matches(call)) return call
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** Waits for the next pushed message. */
  async nextMessage(): Promise<Message> {
    const { change } = await this.next('change', (call) => call.change.type === 'Message')
    if (change.type !== 'Message') throw new TypeError('the wait found another change')
    return change.message
  }

  #record(call: Received): void {
    this.received.push(call)
    this.#wake?.()
  }
}

function isOfType<T extends Received['type']>(
  call: Received,
  type: T,
): call is Extract<Received, { type: T }> {
  return call.type === type
}
