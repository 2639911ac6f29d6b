import { z } from 'zod'
import type { CallContext, OfflineMessageQuery } from '../../../domain/adapter.ts'
import type { DayRange } from '../../../domain/calendar-days.ts'
import { parseJson } from '../../../domain/json.ts'
import type { UpstreamClient } from '../../../upstream/client.ts'
import { toRequestOptions } from '../../shared/request-options.ts'
import { lenient } from '../../shared/response.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import { ClassicError, parseClassicError } from './classic-errors.ts'

/** An offline message as the classic API sends it: no time, no state (docs/providers/livechat.md 1.1). */
const messageSchema = z.object({
  id: z.string().min(1),
  visitor_name: lenient(z.string()),
  skill: lenient(z.union([z.number(), z.string()]).transform(String)),
  email: lenient(z.string()),
  message: z.string().catch(''),
})
export type ClassicMessage = z.output<typeof messageSchema>

/** The fixed size of a page (docs/providers/livechat.md 1.1). */
export const PAGE_SIZE = 25

function parseMessage(row: unknown): ClassicMessage | null {
  return messageSchema.safeParse(row).data ?? null
}

/** A page. A message that cannot be parsed is null, so that the others keep their positions. */
const listResponse = z
  .object({
    offline_messages: z.array(z.unknown()).transform((rows) => rows.slice(0, PAGE_SIZE).map(parseMessage)),
    total: lenient(z.int().nonnegative()),
    pages: lenient(z.int().nonnegative()),
  })
  .transform(({ offline_messages, total = null, pages = null }) => ({
    offline_messages,
    total,
    pages: pages ?? (total === null ? null : Math.ceil(total / PAGE_SIZE)),
  }))
/** A page; `total` and `pages` are null if the response lacks them. */
export type ClassicPage = z.output<typeof listResponse>

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

  const get = async <T extends z.ZodType>(
    route: string,
    path: string,
    responseSchema: T,
    call: CallContext,
  ): Promise<z.output<T>> => {
    const request = { method: 'GET', route, path, headers } as const
    const response = await upstream.send({ ...request, ...toRequestOptions(call) })
    if (response.status >= 400) throw parseClassicError(response)
    return reader.read(responseSchema, parseJson(response.text), route, call.log)
  }

  return {
    fetchPage: (query, days, page, call) =>
      get('/offline_messages', listPath(query, days, page), listResponse, call),
    fetchMessage: async (id, call) => {
      if (!VALID_ID.test(id)) return null
      const path = `/offline_messages/${encodeURIComponent(id)}`
      return get('/offline_messages/:id', path, messageSchema, call).catch(nullIfNotFound)
    },
  }
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
