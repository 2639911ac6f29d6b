import type { CallContext } from '../../../domain/adapter.ts'
import type { DayRange } from '../../../domain/calendar-days.ts'
import type { OfflineMessageQuery } from '../../../domain/offline-messages.ts'
import type { UpstreamClient } from '../../../upstream/client.ts'
import {
  readInteger,
  readNonEmptyString,
  readNumber,
  readOptional,
  readString,
  required,
  toObject,
  UnreadableField,
} from '../../shared/read-document.ts'
import { toRequestOptions } from '../../shared/request-options.ts'
import { ResponseFormat } from '../../shared/response-format.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import { ClassicError, parseClassicError } from './classic-errors.ts'

/** An offline message as the classic API sends it: no time, no state (docs/providers/livechat.md 1.1). */
export type ClassicMessage = Readonly<ReturnType<typeof readMessage>>

/** The fixed size of a page (docs/providers/livechat.md 1.1). */
export const PAGE_SIZE = 25

const messageResponse = new ResponseFormat(readMessage)

/** A page. `total` and `pages` are null if the response lacks them. */
export interface ClassicPage {
  /** A message that cannot be read is null, so that the others keep their positions. */
  readonly messages: readonly (ClassicMessage | null)[]
  readonly total: number | null
  readonly pages: number | null
}

const listResponse = new ResponseFormat((value, unreadableFields): ClassicPage => {
  const document = toObject(value)
  const rows = document['offline_messages']
  if (!Array.isArray(rows)) throw new UnreadableField('offline_messages')
  const total = readCount(document['total'])
  return {
    messages: rows.slice(0, PAGE_SIZE).map((row) => readOptional(row, readMessage, unreadableFields)),
    total,
    pages: readCount(document['pages']) ?? (total === null ? null : Math.ceil(total / PAGE_SIZE)),
  }
})

/** Client of `/offline_messages` in LiveChat's classic REST API (docs/providers/livechat.md 1.1, 1.2). */
export interface ClassicClient {
  /** Reads a page, counted from 1, of the messages in a range of days. */
  fetchPage(query: OfflineMessageQuery, days: DayRange, page: number, call: CallContext): Promise<ClassicPage>
  /** Null if there is no message with this id. */
  fetchMessage(id: string, call: CallContext): Promise<ClassicMessage | null>
}

/** Ids are visible ASCII (docs/providers/livechat.md 1.1). An empty or dotted segment would name another resource. */
const VALID_ID = /^(?!\.{1,2}$)[\x21-\x7e]+$/

/** Throws ClassicError, UnreadableResponse or UpstreamError. */
export function createClassicClient(
  upstream: UpstreamClient,
  { login, apiKey }: { readonly login: string; readonly apiKey: string },
  reader: ResponseReader,
): ClassicClient {
  const headers = { authorization: `Basic ${Buffer.from(`${login}:${apiKey}`).toString('base64')}` }

  const get = async <T>(
    route: string,
    path: string,
    format: ResponseFormat<T>,
    call: CallContext,
  ): Promise<T> => {
    const request = { method: 'GET', route, path, headers } as const
    const response = await upstream.send({ ...request, ...toRequestOptions(call) })
    if (response.status >= 400) throw parseClassicError(response)
    return reader.read(format, response.body, { source: route, log: call.log })
  }

  return {
    fetchPage: (query, days, page, call) =>
      get('/offline_messages', listPath(query, days, page), listResponse, call),
    fetchMessage: async (id, call) => {
      if (!VALID_ID.test(id)) return null
      const path = `/offline_messages/${encodeURIComponent(id)}`
      return get('/offline_messages/:id', path, messageResponse, call).catch(nullIfNotFound)
    },
  }
}

function readMessage(value: unknown) {
  const document = toObject(value)
  return {
    id: required(readNonEmptyString(document['id']), 'id'),
    visitor_name: readString(document['visitor_name']),
    skill: readString(document['skill']) ?? readNumber(document['skill'])?.toString() ?? null,
    email: readString(document['email']),
    message: readString(document['message']) ?? '',
  }
}

function readCount(value: unknown): number | null {
  const count = readInteger(value)
  return count === null || count < 0 ? null : count
}

function nullIfNotFound(error: unknown): null {
  if (error instanceof ClassicError && error.status === 404) return null
  throw error
}

function listPath({ departmentId, text }: OfflineMessageQuery, { from, to }: DayRange, page: number): string {
  const search = new URLSearchParams({ date_from: from, date_to: to, page: String(page) })
  if (departmentId !== null) search.set('skill', departmentId)
  if (text !== null) search.set('query', text)
  return `/offline_messages?${search}`
}
