import { decodeId } from '../../src/chat/ids.ts'
import type { HistoryEventsSubscription, HistoryMessagesSubscription } from '../generated/graphql.ts'
import type { Told } from './heard.ts'

export type AddedMessage = HistoryMessagesSubscription['messageAdded']

/** What an event of `roomEvents` tells. */
export function toldBy(event: HistoryEventsSubscription['roomEvents']): Told {
  switch (event.__typename) {
    case 'MessageAddedEvent':
      return versionTold('added', event.message)
    case 'MessageUpdatedEvent':
      return versionTold('updated', event.message)
    case 'MessageDeletedEvent':
      return { type: 'deleted', id: deletedId(event.messageId) }
    case 'GapEvent':
      return { type: 'gap', reason: event.reason, from: event.from ?? null, to: event.to ?? null }
    default:
      return { type: 'room updated' }
  }
}

/** A version of a message as it is told. */
export function versionTold(type: 'added' | 'updated', message: AddedMessage): Told {
  const { nativeId: id, text, kind, visibility } = message
  return { type, id, text, kind, visibility }
}

function deletedId(globalId: string): string {
  const id = decodeId(globalId)
  return id?.type === 'Message' ? id.ref.messageId : globalId
}
