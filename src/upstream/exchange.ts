import type { Dispatcher } from 'undici'
import { UpstreamError } from './errors.ts'
import type { HttpResponse } from './request.ts'
import { ResponseBody } from './response-body.ts'

type Controller = Dispatcher.DispatchController

/** The outcome of an exchange. More than one may be reported; only the first one counts. */
export interface ExchangeObserver {
  onResponse(response: HttpResponse): void
  onError(error: Error): void
}

/**
 * One request and its response, as a handler of undici's `dispatch`: `request` would create a stream for each body and
 * listen to an abort signal, which takes as long as the rest of a request.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #maxBytes: number
  readonly #observer: ExchangeObserver
  readonly #chunks: Buffer[] = []
  #controller: Controller | null = null
  #abortReason: Error | null = null
  #status = 0
  #headers: HttpResponse['headers'] = {}
  #bytes = 0

  /** A body of more than `maxBytes` is aborted. */
  constructor(maxBytes: number, observer: ExchangeObserver) {
    this.#maxBytes = maxBytes
    this.#observer = observer
  }

  /** Ends the exchange with this error and closes its connection. A request that still waits for one is not sent. */
  abort(reason: Error): void {
    this.#abortReason = reason
    this.#controller?.abort(reason)
    this.#observer.onError(reason)
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller
    if (this.#abortReason) controller.abort(this.#abortReason)
  }

  onResponseStart(_controller: Controller, status: number, headers: HttpResponse['headers']): void {
    this.#status = status
    this.#headers = headers
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#bytes <= this.#maxBytes) this.#chunks.push(chunk)
    else this.abort(new UpstreamError('oversized', new Error(`more than ${this.#maxBytes} bytes`)))
  }

  onResponseEnd(): void {
    const body = new ResponseBody(this.#chunks)
    this.#observer.onResponse({ status: this.#status, headers: this.#headers, body })
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.#observer.onError(error)
  }
}
