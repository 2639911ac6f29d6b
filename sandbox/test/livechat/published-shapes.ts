import { Ajv } from 'ajv'

type Schema = Readonly<Record<string, unknown>>

/** An object with exactly these fields; a name ending in `?` may be absent. */
function exactly(fields: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(fields)
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace('?', ''), fields[name]])),
    required: names.filter((name) => !name.endsWith('?')),
    additionalProperties: false,
  }
}

const text = { type: 'string' }
const flag = { type: 'boolean' }
const count = { type: 'integer' }
const object = { type: 'object' }
const list = (items: Schema) => ({ type: 'array', items })
const stamp = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z$' }
const access = exactly({ group_ids: list(count) })
const properties = { type: 'object', additionalProperties: object }

/** Fields of each event type beside the common ones (docs/providers/livechat.md 3.5). */
const byType: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  message: { text, 'postback?': object },
  file: {
    name: text,
    url: text,
    content_type: text,
    'size?': count,
    'width?': count,
    'height?': count,
    'thumbnail_url?': text,
    'thumbnail2x_url?': text,
    'alternative_text?': text,
  },
  rich_message: { template_id: text, 'elements?': list(object) },
  filled_form: { form_id: text, 'form_type?': text, fields: list(object) },
  custom: { content: object },
  system_message: { system_message_type: text, 'text?': text, 'text_vars?': object },
  system: { source: text, subtype: text, version: count, details: text },
}

const event = (common: Readonly<Record<string, Schema>>, more: readonly Schema[] = []): Schema => ({
  anyOf: [
    ...Object.entries(byType).map(([type, fields]) => {
      const author: Readonly<Record<string, Schema>> = type.startsWith('system') ? {} : { author_id: text }
      return exactly({ type: { const: type }, ...common, ...author, ...fields })
    }),
    ...more,
  ],
})

const common = { id: text, 'custom_id?': text, created_at: stamp, 'properties?': properties }
const agentSideEvent = event({ ...common, visibility: { enum: ['all', 'agents'] }, 'deleted?': flag })
const customerSideEvent = event(common)

const agentSideAgent = exactly({
  id: { type: 'string', pattern: '@' },
  type: { const: 'agent' },
  name: text,
  email: text,
  avatar: text,
  present: flag,
  visibility: { enum: ['all', 'agents'] },
  'events_seen_up_to?': stamp,
})

const personal = {
  'name?': text,
  'email?': text,
  'email_verified?': flag,
  'avatar?': text,
  'phone_number?': text,
  'session_fields?': list({ type: 'object', minProperties: 1, maxProperties: 1 }),
}

const agentSideCustomer = exactly({
  id: text,
  type: { const: 'customer' },
  ...personal,
  present: flag,
  created_at: stamp,
  'events_seen_up_to?': stamp,
  'agent_last_event_created_at?': stamp,
  'customer_last_event_created_at?': stamp,
  statistics: exactly({
    chats_count: count,
    threads_count: count,
    visits_count: count,
    page_views_count: count,
    greetings_shown_count: count,
    greetings_accepted_count: count,
    tickets_count: count,
  }),
  visit: object,
  online: flag,
  state: text,
  group_ids: list(count),
  'tickets?': list(exactly({ ticket_id: text, created_at: stamp })),
})

const customerSideUser = {
  anyOf: [
    exactly({
      id: text,
      type: { const: 'customer' },
      ...personal,
      present: flag,
      'events_seen_up_to?': stamp,
    }),
    exactly({
      id: { type: 'string', pattern: '^[0-9a-f]{32}$' },
      type: { const: 'agent' },
      name: text,
      avatar: text,
      job_title: text,
      present: flag,
      'events_seen_up_to?': stamp,
    }),
  ],
}

const threadHead = { id: text, created_at: stamp, active: flag, user_ids: list(text), properties, access }
const queue = exactly({ position: count, wait_time: count, queued_at: stamp })
const links = { 'previous_thread_id?': text, 'next_thread_id?': text }
const agentSideThread = {
  ...threadHead,
  'tags?': list(text),
  'queue?': queue,
  'events?': list(agentSideEvent),
  'restricted_access?': text,
  ...links,
}
const users = list({ anyOf: [agentSideAgent, agentSideCustomer] })
const agentSideChat = { id: text, users, properties, access, is_followed: flag }
const newest = (one: Schema) => ({
  type: 'object',
  additionalProperties: exactly({
    thread_id: text,
    thread_created_at: stamp,
    'event?': one,
    'restricted_access?': text,
  }),
})
const pages = { 'next_page_id?': text, 'previous_page_id?': text }

/** The answers of v3.6 as published (docs/providers/livechat.md 3.5, 3.7 and 9), with no field beside. */
const shapes = {
  agentListChats: exactly({
    chats_summary: list(
      exactly({
        ...agentSideChat,
        'last_thread_summary?': exactly({ ...threadHead, 'tags?': list(text), 'queue?': queue }),
        last_event_per_type: newest(agentSideEvent),
      }),
    ),
    found_chats: count,
    ...pages,
  }),
  agentListThreads: exactly({ threads: list(exactly(agentSideThread)), found_threads: count, ...pages }),
  agentGetChat: exactly({ ...agentSideChat, 'thread?': exactly(agentSideThread) }),
  agentListArchives: exactly({
    chats: list(
      exactly({
        ...agentSideChat,
        thread: exactly({
          ...agentSideThread,
          'previous_accessible_thread_id?': text,
          'next_accessible_thread_id?': text,
        }),
      }),
    ),
    found_chats: count,
    ...pages,
  }),
  customerListChats: exactly({
    chats_summary: list(
      exactly({
        id: text,
        'last_thread_id?': text,
        'last_thread_created_at?': stamp,
        last_event_per_type: newest(customerSideEvent),
        users: list(customerSideUser),
        access,
        properties,
        active: flag,
      }),
    ),
    total_chats: count,
    ...pages,
  }),
  customerListThreads: exactly({
    threads: list(exactly({ ...threadHead, 'queue?': queue, events: list(customerSideEvent), ...links })),
    found_threads: count,
    ...pages,
  }),
  customerGetChat: exactly({
    id: text,
    'thread?': exactly({ ...threadHead, 'queue?': queue, events: list(customerSideEvent), ...links }),
    users: list(customerSideUser),
    access,
    properties,
  }),
}

const ajv = new Ajv()

/** What is wrong with an answer, held to the published shape of its method; empty if nothing is. */
export function faultsOf(name: keyof typeof shapes, answer: unknown): string[] {
  const valid = ajv.validate(shapes[name], answer)
  return valid ? [] : (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
