import { z } from 'zod'
import type { CallContext, OfflineMessageQuery } from '../../../domain/adapter.ts'
import type { DayRange } from '../../../domain/calendar-days.ts'
import type { UpstreamClient } from '../../../upstream/client.ts'
import { parseJson } from '../../shared/json.ts'
import { toRequestOptions } from '../../shared/request-options.ts'
import { lenient } from '../../shared/response.ts'
import type { ResponseReader } from '../../shared/response-reader.ts'
import { ClassicError, parseClassicError } from './classic-errors.ts'

/** An offline message as the classic API sends it: no time, no state (docs/providers/livechat.md 1.1). */
const item = z.object({
  id: z.string().min(1),
  visitor_name: lenient(z.string()),
  skill: lenient(z.union([z.number(), z.string()]).transform(String)),
  email: lenient(z.string()),
  message: z.string().catch(''),
})
/** One offline message of the classic API. */
export type ClassicMessage = z.output<typeof item>

/** The fixed size of a page (docs/providers/livechat.md 1.1). */
export const PAGE_SIZE = 25

function readItem(row: unknown): ClassicMessage | null {
  return item.safeParse(row).data ?? null
}

/** An item that cannot be read is null in its place: places are what a reader of the list goes on from. */
const list = z
  .object({
    offline_messages: z.array(z.unknown()).transform((rows) => rows.slice(0, PAGE_SIZE).map(readItem)),
    total: lenient(z.int().nonnegative()),
    pages: lenient(z.int().nonnegative()),
  })
  .transform(({ offline_messages, total = null, pages = null }) => ({
    offline_messages,
    total,
    pages: pages ?? (total === null ? null : Math.ceil(total / PAGE_SIZE)),
  }))
/** A page; `total` and `pages` are null where the answer does not tell. */
export type ClassicPage = z.output<typeof list>

/**
 * LiveChat's classic REST API, the part the gateway uses: `/offline_messages`
 * (docs/providers/livechat.md 1.1, 1.2).
 */
export interface ClassicClient {
  /** One page, counted from 1, of the messages in a window of days. */
  fetchPage(query: OfflineMessageQuery, days: DayRange, page: number, call: CallContext): Promise<ClassicPage>
  /** Null where there is none by that id. */
  fetchMessage(id: string, call: CallContext): Promise<ClassicMessage | null>
}

/**
 * Ids are visible ASCII (docs/providers/livechat.md 1.1); an empty or a dotted segment would be the path of
 * something else.
 */
const POSSIBLE_ID = /^(?!\.{1,2}$)[\x21-\x7e]+$/

/** Throws ClassicRefusal, UnreadableAnswer or UpstreamError. */
export function createClassicClient(
  upstream: UpstreamClient,
  { login, apiKey }: { readonly login: string; readonly apiKey: string },
  reader: ResponseReader,
): ClassicClient {
  const headers = { authorization: `Basic ${Buffer.from(`${login}:${apiKey}`).toString('base64')}` }

  const get = async <T extends z.ZodType>(
    route: string,
    path: string,
    answer: T,
    call: CallContext,
  ): Promise<z.output<T>> => {
    const request = { method: 'GET', route, path, headers } as const
    const response = await upstream.send({ ...request, ...toRequestOptions(call) })
    if (response.status >= 400) throw parseClassicError(response)
    return reader.read(answer, parseJson(response.text), route, call.log)
  }

  return {
    fetchPage: (query, days, page, call) => get('/offline_messages', listPath(query, days, page), list, call),
    fetchMessage: async (id, call) => {
      if (!POSSIBLE_ID.test(id)) return null
      const path = `/offline_messages/${encodeURIComponent(id)}`
      return get('/offline_messages/:id', path, item, call).catch(nullIfAbsent)
    },
  }
}

function nullIfAbsent(error: unknown): null {
  if (error instanceof ClassicError && error.status === 404) return null
  throw error
}

function listPath({ departmentId, text }: OfflineMessageQuery, { from, to }: DayRange, page: number): string {
  const search = new URLSearchParams({ date_from: from, date_to: to, page: String(page) })
  if (departmentId !== null) search.set('skill', departmentId)
  if (text !== null) search.set('query', text)
  return `/offline_messages?${search}`
}
