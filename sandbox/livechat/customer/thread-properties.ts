import { ApiError } from '../api-error.ts'
import { emitChatChange } from '../store/chat-changes.ts'
import { appendSystemMessage } from '../store/events.ts'
import type { Licence } from '../store/licence.ts'
import type { Chat, Customer, Properties, Thread } from '../store/model.ts'
import { requireThread } from '../store/threads.ts'
import { listOf, object, reader, type Schema, shape, text } from '../v3/input.ts'
import { method } from '../v3/method.ts'
import { requireOwnChat } from './access.ts'

interface Target {
  readonly chat_id: string
  readonly thread_id: string
}

/**
 * The thread properties that customers write, with their types (docs/providers/livechat.md 16, 17). Any other is refused; the
 * type of that refusal is an assumption.
 */
const WRITABLE: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  rating: { score: { enum: [0, 1] }, comment: { type: 'string' } },
  routing: { offline_message: { type: 'boolean' }, transcript_email: text, ignore_bots: { type: 'boolean' } },
}

const properties: Schema = { type: 'object', minProperties: 1, additionalProperties: object }

/** Sets properties of a thread, open or closed, and keeps those that are not named. */
export const updateThreadProperties = method(
  'update_thread_properties',
  shape({ 'chat_id!': text, 'thread_id!': text, 'properties!': properties }),
  (input: Target & { readonly properties: Properties }, customer: Customer, { licence }): void => {
    const chat = requireOwnChat(licence, customer, input.chat_id)
    const thread = requireThread(chat, input.thread_id)
    for (const [namespace, values] of Object.entries(input.properties)) {
      requireWritable(namespace, Object.keys(values))
      reader(shape(WRITABLE[namespace] ?? {}))(values, `properties.${namespace}`)
    }
    for (const [namespace, values] of Object.entries(input.properties)) {
      thread.properties = {
        ...thread.properties,
        [namespace]: { ...thread.properties[namespace], ...values },
      }
    }
    emitChatChange({ action: 'thread_properties_updated', chat, thread, properties: input.properties })
    announce(licence, { chat, thread, customer }, input.properties)
  },
)

/** Deletes properties of a thread. Absent ones are no error. */
export const deleteThreadProperties = method(
  'delete_thread_properties',
  shape({
    'chat_id!': text,
    'thread_id!': text,
    'properties!': { type: 'object', minProperties: 1, additionalProperties: listOf(text) },
  }),
  (
    input: Target & { readonly properties: Readonly<Record<string, readonly string[]>> },
    customer: Customer,
    { licence },
  ): void => {
    const chat = requireOwnChat(licence, customer, input.chat_id)
    const thread = requireThread(chat, input.thread_id)
    for (const [namespace, names] of Object.entries(input.properties)) {
      requireWritable(namespace, names)
      const kept = Object.entries(thread.properties[namespace] ?? {}).filter(
        ([name]) => !names.includes(name),
      )
      thread.properties = { ...thread.properties, [namespace]: Object.fromEntries(kept) }
      if (namespace === 'rating' && names.includes('score')) {
        const vars = { customer: nameOf(customer) }
        const message = { type: 'rating.chat_rating_canceled', text: 'Rating was canceled', vars }
        appendSystemMessage(chat, thread, message, licence.nextTimestamp())
      }
    }
    emitChatChange({ action: 'thread_properties_deleted', chat, thread, names: input.properties })
  },
)

function requireWritable(namespace: string, names: readonly string[]): void {
  const known = Object.keys(WRITABLE[namespace] ?? {})
  if (names.every((name) => known.includes(name))) return
  throw new ApiError('authorization', `No permission to write properties of \`${namespace}\``)
}

interface Writing {
  readonly chat: Chat
  readonly thread: Thread
  readonly customer: Customer
}

/** The system messages of ratings and transcripts (docs/providers/livechat.md 21). */
function announce(licence: Licence, { chat, thread, customer }: Writing, written: Properties): void {
  const name = nameOf(customer)
  const say = (type: string, text: string, vars: Readonly<Record<string, string>>) =>
    appendSystemMessage(
      chat,
      thread,
      { type, text, vars: { customer: name, ...vars } },
      licence.nextTimestamp(),
    )
  const { score, comment } = written['rating'] ?? {}
  if (score !== undefined) {
    const verdict = score === 1 ? 'good' : 'bad'
    say('rating.chat_rated', `${name} rated the chat as ${verdict}`, { score: verdict })
  }
  if (typeof comment === 'string') {
    say('rating.chat_commented', `${name} commented the chat: ${comment}`, { comment })
  }
  const email = written['routing']?.['transcript_email']
  if (typeof email === 'string') {
    say('transcript_requested', `${name} requested a transcript to ${email}`, { email })
  }
}

function nameOf({ name }: Customer): string {
  return name ?? 'Customer'
}
