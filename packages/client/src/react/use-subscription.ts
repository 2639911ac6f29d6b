import { useCallback, useEffect, useRef, useState } from 'react'
import type { Client } from '../client.ts'
import { toError } from '../errors.ts'
import type { SubscribeOptions } from '../subscribe.ts'
import type { TypedDocument, Variables } from '../typed-document.ts'

/** What a component does with a subscription. The functions of its last rendering are called. */
export interface SubscriptionHandlers<Data> extends Pick<SubscribeOptions, 'onConnection' | 'onFailure'> {
  readonly onData: (data: Data) => void
  /** Called when the subscription has ended for good: the gateway refuses it. */
  readonly onEnd?: (error: Error) => void
}

/**
 * Runs a subscription while the component is mounted, over lost connections. Other variables start another one; null ends it.
 * Returns the function that starts it again, such as some time after its end.
 */
export function useSubscription<Data extends object, V extends Variables>(
  client: Client,
  document: TypedDocument<Data, V>,
  variables: V | null,
  handlers: SubscriptionHandlers<Data>,
): () => void {
  const [starts, setStarts] = useState(0)
  const latest = useRef({ variables, handlers })
  useEffect(() => {
    latest.current = { variables, handlers }
  })
  const key = JSON.stringify(variables)
  // Variables are compared by value, and `starts` starts it again.
  useEffect(() => {
    const { variables: current } = latest.current
    if (current === null) return
    const controller = new AbortController()
    const { signal } = controller
    // After the abort there are other handlers, or none.
    const call = (handle: (handlers: SubscriptionHandlers<Data>) => void) => {
      if (!signal.aborted) handle(latest.current.handlers)
    }
    const run = async () => {
      const events = client.subscribe(document, current, {
        signal,
        onConnection: (isOpen) => call(({ onConnection }) => onConnection?.(isOpen)),
        onFailure: (error) => call(({ onFailure }) => onFailure?.(error)),
      })
      for await (const data of events) call(({ onData }) => onData(data))
    }
    run().catch((error: unknown) => call(({ onEnd }) => onEnd?.(toError(error))))
    return () => controller.abort()
  }, [client, document, key, starts])
  return useCallback(() => setStarts((count) => count + 1), [])
}
