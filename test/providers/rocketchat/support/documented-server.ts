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
  // The documentation shows the visitor's token as the visitor's id here.
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

/** What the documentation can look like where it contradicts itself, or says nothing. */
export interface DocumentedServerOptions {
  /** Shown as a boolean in one place, as a string in another. */
  readonly success: true | 'true'
  /** Which of the two offline documents is demanded: of three fields, or of five. */
  readonly offlineFields: 'three' | 'five'
  /** What answers a method that a path does not have. */
  readonly unknownRouteStatus: 404 | 405
}

/** A server that knows the documented livechat routes, takes the documented arguments, and gives the documented answers. */
export async function startDocumentedServer({
  success,
  offlineFields: offline,
  unknownRouteStatus: unknown,
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
    route('POST', OFFLINE, offlineArguments[offline], { message: 'Livechat offline message sent' }),
  ]
  const server = await startWireServer({
    routes,
    notFound: () => ({ status: unknown, body: { status: 'error', message: 'API endpoint does not exist' } }),
  })
  onTestFinished(() => server.close())
  return server

  function route(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    takes: Arguments,
    answer: object,
  ): WireRoute {
    return {
      method,
      path,
      handle: (request) => fault(request, takes) ?? { status: 200, body: { ...answer, success } },
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

function fault({ method, rawQuery, body }: WireRequest, takes: Arguments): WireResponse | undefined {
  const given =
    method === 'GET'
      ? [...new URLSearchParams(rawQuery).keys()]
      : Object.keys(JSON.parse(String(body) || '{}'))
  const missing = takes.required.find((name) => !given.includes(name))
  if (missing) return refusal(`must have required property '${missing}'`)
  const extra = given.find((name) => !takes.required.includes(name) && !takes.optional.includes(name))
  return extra === undefined ? undefined : refusal('must NOT have additional properties')
}

function refusal(text: string): WireResponse {
  const body = { success: 'false', error: `${text} [invalid-params]`, errorType: 'invalid-params' }
  return { status: 400, body }
}
