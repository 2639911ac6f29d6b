import { onTestFinished } from 'vitest'
import {
  startWireServer,
  type WireRequest,
  type WireResponse,
  type WireRoute,
  type WireServer,
} from '../../../../sandbox/wire-server.ts'
import { HISTORY, MESSAGE, OFFLINE, SEND } from './faults.ts'

/** The ids of the documentation's examples. */
export const TOKEN = 'iNKE8a6k6cjbqWhWd'
export const ROOM_SENT_TO = 'zRAeTszXor8CCPceB'
export const ROOM_WITH_HISTORY = 'KuACMJ5MpN6SfAFWg'
export const MESSAGE_ID = 'ZKWP8LfGnRHQ3ozWa'

const sent = {
  _id: MESSAGE_ID,
  msg: 'sending livechat message..',
  // Here the documentation shows the visitor token as the visitor's id.
  u: { _id: TOKEN, username: 'guest-4', name: 'Livechat Visitor' },
  ts: '2018-09-14T13:31:33.201Z',
}

const edited = {
  _id: MESSAGE_ID,
  msg: 'editing livechat message..',
  u: { _id: 'YgEoq2djbGdjjZnsL', username: 'guest-4', name: 'Livechat Visitor' },
  ts: '2018-09-14T13:31:33.201Z',
}

const listed = {
  _id: MESSAGE_ID,
  rid: ROOM_WITH_HISTORY,
  msg: 'editing livechat message..',
  token: TOKEN,
  alias: 'Livechat Visitor',
  ts: '2018-09-14T13:31:33.201Z',
  u: { _id: 'YgEoq2djbGdjjZnsL', username: 'guest-4', name: 'Livechat Visitor' },
  mentions: [],
  channels: [],
  _updatedAt: '2018-09-14T13:31:33.222Z',
  editedAt: '2018-09-14T13:31:33.219Z',
  editedBy: { _id: 'YgEoq2djbGdjjZnsL', username: 'guest-4' },
  urls: [],
}

/** Variants where the documentation contradicts itself or says nothing. */
export interface DocumentedServerOptions {
  /** A boolean in one place of the documentation, a string in another. */
  readonly success: true | 'true'
  /** Fields that the offline form requires: three or five. */
  readonly offlineFields: 'three' | 'five'
  /** Response to an unknown method of a path. */
  readonly unknownRouteStatus: 404 | 405
}

/** Starts a server with the documented livechat routes, arguments and responses, and no others. */
export async function startDocumentedServer({
  success,
  offlineFields,
  unknownRouteStatus,
}: DocumentedServerOptions): Promise<WireServer> {
  const routes: WireRoute[] = [
    route('POST', SEND, { required: ['token', 'rid', 'msg'], optional: ['_id', 'agent'] }, { message: sent }),
    route('PUT', MESSAGE, { required: ['token', 'rid', 'msg'], optional: ['_id'] }, { message: edited }),
    route(
      'DELETE',
      MESSAGE,
      { required: [], optional: ['_id', 'token', 'rid'] },
      {
        message: { _id: MESSAGE_ID, ts: '2018-09-14T13:31:33.279Z' },
      },
    ),
    route(
      'GET',
      HISTORY,
      { required: ['token'], optional: ['ts', 'end', 'limit'] },
      {
        messages: [listed],
        unreadNotLoaded: 0,
      },
    ),
    route('POST', OFFLINE, offlineArguments[offlineFields], { message: 'Livechat offline message sent' }),
  ]
  const server = await startWireServer({
    routes,
    notFound: () => ({
      status: unknownRouteStatus,
      body: { status: 'error', message: 'API endpoint does not exist' },
    }),
  })
  onTestFinished(() => server.close())
  return server

  function route(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    accepts: Arguments,
    response: object,
  ): WireRoute {
    return {
      method,
      path,
      handle: (request) =>
        findInvalidArgument(request, accepts) ?? { status: 200, body: { ...response, success } },
    }
  }
}

interface Arguments {
  readonly required: readonly string[]
  readonly optional: readonly string[]
}

const offlineArguments = {
  three: { required: ['name', 'email', 'message'], optional: [] },
  five: { required: ['name', 'email', 'message', 'department', 'host'], optional: [] },
} as const satisfies Record<DocumentedServerOptions['offlineFields'], Arguments>

function findInvalidArgument(
  { method, rawQuery, body }: WireRequest,
  accepts: Arguments,
): WireResponse | undefined {
  const given =
    method === 'GET'
      ? [...new URLSearchParams(rawQuery).keys()]
      : Object.keys(JSON.parse(String(body) || '{}'))
  const missing = accepts.required.find((name) => !given.includes(name))
  if (missing) return invalidParams(`must have required property '${missing}'`)
  const extra = given.find((name) => !accepts.required.includes(name) && !accepts.optional.includes(name))
  return extra === undefined ? undefined : invalidParams('must NOT have additional properties')
}

function invalidParams(text: string): WireResponse {
  const body = { success: 'false', error: `${text} [invalid-params]`, errorType: 'invalid-params' }
  return { status: 400, body }
}
