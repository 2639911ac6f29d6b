import type { Licence } from '../store/licence.ts'
import type { Chat, Thread } from '../store/model.ts'
import { flag, listOf, reader, type Schema, shape, text } from '../v3/input.ts'
import { isWithin, readRange, type TimeRange, timeRange } from '../v3/time-range.ts'
import { matchesProperties, type PropertyFilter, propertyFilter } from './property-filter.ts'

interface ListTest {
  readonly exists?: boolean
  readonly values?: readonly string[]
  readonly exclude_values?: readonly string[]
  readonly require_every_value?: boolean
}

/**
 * The archive filters that the sandbox knows; any other is refused rather than silently ignored
 * (docs/providers/livechat.md 3.2).
 */
export interface ArchiveFilters extends TimeRange {
  readonly query?: string
  readonly chat_ids?: readonly string[]
  readonly thread_ids?: readonly string[]
  readonly group_ids?: readonly number[]
  readonly customer_id?: string
  readonly customer_email?: string
  readonly agents?: ListTest
  readonly tags?: ListTest
  readonly event_types?: ListTest
  readonly properties?: PropertyFilter
}

const listTest = (more: Readonly<Record<string, Schema>> = {}): Schema => ({
  ...shape({ ...more, values: listOf(text), exclude_values: listOf(text), require_every_value: flag }),
  oneOf: ['values', 'exclude_values', ...Object.keys(more)].map((name) => ({ required: [name] })),
})

/** Reads the filters, within their limits. Throws validation. */
export const readArchiveFilters = reader<ArchiveFilters>(
  shape({
    ...timeRange,
    query: { type: 'string' },
    chat_ids: listOf(text, 1000),
    thread_ids: listOf(text, 20),
    group_ids: listOf({ type: 'integer' }, 200),
    customer_id: text,
    customer_email: text,
    agents: listTest({ exists: flag }),
    tags: listTest({ exists: flag }),
    event_types: listTest(),
    properties: propertyFilter,
  }),
)

/** A chat seen through one of its threads: a row of the archive. */
export interface ArchiveRow {
  readonly chat: Chat
  readonly thread: Thread
}

/** True if a row passes every filter given. Throws validation for a malformed time. */
export function matchesArchiveFilters(
  licence: Licence,
  filters: ArchiveFilters,
): (row: ArchiveRow) => boolean {
  const range = readRange(filters)
  const query = filters.query?.toLowerCase()
  const chatIds = filters.chat_ids && new Set(filters.chat_ids)
  return ({ chat, thread }) => {
    const customer = chat.users.find(({ type }) => type === 'customer')
    return (
      isWithin(thread.createdAt, range) &&
      (chatIds?.has(chat.id) ?? true) &&
      (filters.thread_ids?.includes(thread.id) ?? true) &&
      (!filters.group_ids || thread.groupIds.some((id) => filters.group_ids?.includes(id))) &&
      (filters.customer_id === undefined || filters.customer_id === customer?.id) &&
      (filters.customer_email === undefined ||
        filters.customer_email === licence.customers.get(customer?.id ?? '')?.email) &&
      listPasses(agentsOf(chat, thread), filters.agents) &&
      listPasses(thread.tags, filters.tags) &&
      listPasses(
        thread.events.map(({ type }) => type),
        filters.event_types,
      ) &&
      (!filters.properties || matchesProperties(filters.properties, [thread.properties, chat.properties])) &&
      (query === undefined || wordsOf(licence, chat, thread).includes(query))
    )
  }
}

function agentsOf(chat: Chat, thread: Thread): string[] {
  const agents = chat.users.filter(({ type }) => type === 'agent')
  return agents.map(({ id }) => id).filter((id) => thread.userIds.includes(id))
}

function listPasses(has: readonly string[], test: ListTest | undefined): boolean {
  if (!test) return true
  const { exists, values, exclude_values, require_every_value } = test
  const matches = (wanted: readonly string[]) =>
    require_every_value ? wanted.every((one) => has.includes(one)) : wanted.some((one) => has.includes(one))
  return (
    (exists === undefined || exists === has.length > 0) &&
    (!values || matches(values)) &&
    (!exclude_values || !matches(exclude_values))
  )
}

function wordsOf(licence: Licence, chat: Chat, thread: Thread): string {
  const people = chat.users.map(({ id }) => licence.customers.get(id)).filter((one) => one !== undefined)
  const said = thread.events.map(({ fields }) => fields['text'])
  return [...people.flatMap(({ name, email }) => [name, email]), ...said].join('\n').toLowerCase()
}
