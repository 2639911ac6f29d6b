import type { CallContext } from '../../../domain/adapter.ts'
import { fieldOf, readBoolean, readNonEmptyString } from '../../shared/read-document.ts'
import { ResponseFormat } from '../../shared/response-format.ts'
import type { RocketChatClient } from '../client.ts'
import { RocketChatError } from '../errors.ts'

const CONFIG = '/api/v1/livechat/config'

/** The visitor that a token belongs to, and its open room; null if it has none. */
export interface VisitorIdentity {
  readonly visitorId: string
  readonly openRoomId: string | null
}

/**
 * Reads who a token belongs to. Unlike GET `livechat/room` without a room, the configuration opens none
 * (docs/providers/rocketchat.md 4.1, 17). Throws `invalid-token` for a token that the server does not know.
 */
export async function readVisitorIdentity(
  client: RocketChatClient,
  token: string,
  call: CallContext,
): Promise<VisitorIdentity> {
  const request = {
    method: 'GET',
    route: CONFIG,
    query: { token },
    visitorToken: token,
    // The server answers 200 to any token.
    isTokenAccepted: (json: unknown) => {
      const { isEnabled, visitorId } = readOwnState(json)
      return isEnabled ? visitorId !== null : null
    },
  } as const
  const { isEnabled, visitorId, openRoomId } = await client.send(request, ownStateResponse, call)
  if (!isEnabled) throw new RocketChatError(200, 'error-omnichannel-is-disabled', null)
  if (visitorId === null) throw new RocketChatError(200, 'invalid-token', null)
  return { visitorId, openRoomId }
}

const ownStateResponse = new ResponseFormat(readOwnState)

function readOwnState(value: unknown) {
  const config = fieldOf(value, 'config')
  return {
    isEnabled: readBoolean(fieldOf(config, 'enabled')) !== false,
    visitorId: readNonEmptyString(fieldOf(fieldOf(config, 'guest'), '_id')),
    openRoomId: readNonEmptyString(fieldOf(fieldOf(config, 'room'), '_id')),
  }
}
