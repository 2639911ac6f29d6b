import type { Client, FormattedExecutionResult, Sink } from 'graphql-ws'

/** An operation that a GraphQL client forwards over the socket. */
export interface SocketOperation {
  readonly query: string
  readonly variables?: Record<string, unknown> | undefined
}

/**
 * Subscribes so that a broken connection loses and repeats no event. graphql-ws subscribes again by itself with the current
 * payload, so `after` is kept at the cursor of the last event. Returns the function that ends the subscription.
 */
export function subscribeResuming<Data extends object>(
  socket: Client,
  { query, variables }: SocketOperation,
  sink: Sink<FormattedExecutionResult<Data, unknown>>,
): () => void {
  const payload = { query, variables: { ...variables } }
  return socket.subscribe<Data>(payload, {
    next: (result) => {
      const cursor = cursorOf(result.data)
      if (cursor !== null) payload.variables['after'] = cursor
      sink.next(result)
    },
    error: (error) => sink.error(error),
    complete: () => sink.complete(),
  })
}

/** The cursor of an event, where the operation selects it. */
export function cursorOf(data: object | null | undefined): string | null {
  const fields: readonly unknown[] = Object.values(data ?? {})
  for (const field of fields) {
    if (typeof field !== 'object' || field === null || !('cursor' in field)) continue
    if (typeof field.cursor === 'string') return field.cursor
  }
  return null
}
