import { decodeId } from '../../src/domain/ids.ts'
import type { LiveEventsSubscription } from '../generated/graphql.ts'
import type { OperationResult } from '../support/graphql-client.ts'

type EventResult = OperationResult<LiveEventsSubscription>

/** Summarizes events: `added m1 hello`, `updated m1 hello!`, `deleted m1`, `room updated`, `gap REASON`. */
export function summarize(results: readonly EventResult[]): string[] {
  return results.map((result) => {
    const event = result.data?.roomEvents
    if (!event) return `failed ${result.errors?.map(({ extensions }) => extensions?.['code']).join()}`
    if (event.__typename === 'MessageAddedEvent')
      return `added ${event.message.nativeId} ${event.message.text}`
    if (event.__typename === 'MessageUpdatedEvent') {
      return `updated ${event.message.nativeId} ${event.message.text}`
    }
    if (event.__typename === 'MessageDeletedEvent') return `deleted ${nativeId(event.messageId)}`
    if (event.__typename === 'GapEvent') return `gap ${event.reason}`
    return 'room updated'
  })
}

/** The cursors of events, in order. */
export function cursorsOf(results: readonly EventResult[]): string[] {
  return results.map(({ data }) => data?.roomEvents.cursor ?? '')
}

function nativeId(globalId: string): string {
  const id = decodeId(globalId)
  return id?.type === 'Message' ? id.ref.messageId : globalId
}
