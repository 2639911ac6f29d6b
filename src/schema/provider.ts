import { responsePathAsArray } from 'graphql'
import type { ChatAdapter } from '../domain/adapter.ts'
import type { Capability } from '../domain/capability.ts'
import { ChatError } from '../domain/errors.ts'
import type { ProviderHealth as ProviderHealthModel } from '../domain/model.ts'
import { providerDefinitions } from '../providers/index.ts'
import { anyone } from './access/access-rule.ts'
import { builder } from './builder.ts'
import { Department } from './department.ts'
import { Node } from './node.ts'
import { providerCapabilities } from './offline-message/offline-message-access.ts'
import { PreChatForm } from './pre-chat-form.ts'

const ProviderKindType = builder.enumType('ProviderKind', {
  description: 'Kind of chat server.',
  values: Object.fromEntries(
    providerDefinitions.map(({ kind, label }) => [kind, { description: `A ${label} account.` }]),
  ),
})

const HealthStatusType = builder.enumType('HealthStatus', {
  description: 'State of the connection to a provider.',
  values: {
    UP: { description: 'The last call succeeded.' },
    DEGRADED: { description: 'Some calls fail, or the provider limits their rate.' },
    DOWN: {
      description:
        'Several calls in a row failed, the provider was never reached, or it rejects the configured account.',
    },
    UNKNOWN: { description: 'No call was made yet.' },
  } as const,
})

export const CapabilityType = builder.enumType('Capability', {
  description:
    'An operation that a provider can support. `Provider.capabilities` and `Room.capabilities` say where it is available.',
  values: {
    LIST_ROOMS: { description: 'List rooms: `rooms` and `roomActivity`.' },
    READ_MESSAGES: { description: 'Read a room and its messages, and subscribe to its events.' },
    START_ROOM: { description: 'Open a room as a new visitor, or as the visitor that calls: `startRoom`.' },
    SEND_MESSAGE: { description: 'Write in a room: `sendMessage`.' },
    UPDATE_MESSAGE: { description: 'Edit a message: `updateMessage`.' },
    DELETE_MESSAGE: { description: 'Delete a message: `deleteMessage`.' },
    CLOSE_ROOM: { description: 'Close a room: `closeRoom`.' },
    TAKE_ROOM: { description: 'Serve a room oneself: `takeRoom`.' },
    ASSIGN_ROOM: { description: 'Assign a room to an agent: `assignRoom`.' },
    TRANSFER_ROOM: { description: 'Hand a room to a department: `transferRoom`.' },
    REQUEUE_ROOM: { description: 'Put a room back into its queue: `requeueRoom`.' },
    SET_TAGS: { description: 'Replace the tags of a room: `setRoomTags`, and `tags` of `closeRoom`.' },
    RATE_ROOM: { description: 'Rate a room as its visitor: `rateRoom`.' },
    REQUEST_TRANSCRIPT: { description: 'Have the transcript of a room mailed: `requestTranscript`.' },
    SEND_NOTE: {
      description: 'Write a note that visitors never see: `sendMessage` with `visibility: AGENTS`.',
    },
    SEND_FILE: { description: 'Send a file to a room: `POST /rooms/<room id>/files`.' },
    SET_TYPING: { description: 'Show that the caller types: `setTyping`.' },
    MARK_SEEN: { description: 'Mark messages as seen: `markSeen`.' },
    LIST_AGENTS: { description: 'List the agents of the account: `agents`.' },
    SET_AGENT_STATUS: { description: 'Set whether an agent accepts chats: `setAgentStatus`.' },
    RENEW_VISITOR: { description: 'Exchange an expired visitor token for a new one: `renewVisitor`.' },
    SEND_OFFLINE_MESSAGE: { description: 'Leave an offline message: `sendOfflineMessage`.' },
    LIST_OFFLINE_MESSAGES: {
      description: 'List offline messages: `offlineMessages` and `offlineMessageAdded`.',
    },
  } satisfies Record<Capability, object>,
})

const ProviderHealth = builder.objectRef<ProviderHealthModel>('ProviderHealth').implement({
  description: 'State of the connection to a provider, from the outcome of recent calls.',
  fields: (t) => ({
    status: t.expose('status', { type: HealthStatusType, description: 'State of the connection.' }),
    checkedAt: t.expose('checkedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time of the last call to the provider; null if none was made yet.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description:
        'Reason why the status is not UP, or why the gateway polls although push is configured, for people; null otherwise.',
    }),
  }),
})

export const Provider = builder.objectRef<ChatAdapter>('Provider').implement({
  description: 'One configured account of a chat server. Two accounts of the same kind are two providers.',
  interfaces: [Node],
  fields: (t) => ({
    name: t.exposeString('name', {
      description:
        'Configured name, unique in this gateway. It is `rocketchat` or `livechat` unless the configuration sets another.',
    }),
    kind: t.expose('kind', { type: ProviderKindType, description: 'Kind of chat server.' }),
    health: t.field({
      type: ProviderHealth,
      description: 'State of the connection. Costs a call only if the gateway has made none yet.',
      resolve: (adapter, _args, { call }) => adapter.getHealth(call),
    }),
    capabilities: t.field({
      type: [CapabilityType],
      description:
        'What the provider supports as it is configured, for at least one kind of caller. `Room.capabilities` says what this caller may do in a room.',
      resolve: providerCapabilities,
    }),
    online: t.boolean({
      nullable: true,
      description:
        'Whether an agent is online for a new conversation; show the offline form if it is false. Null if the provider does not report it. Costs one call per provider and minute, so it can be a minute old.',
      resolve: (adapter, _args, ctx) => adapter.isOnline(ctx.call),
    }),
    departments: t.field({
      type: [Department],
      description:
        'All departments of the provider that callers may select. If they cannot be read, the list is empty and the failure is in `errors`. Costs one call per provider and minute, for all callers together.',
      resolve: async (adapter, _args, ctx, info) => {
        try {
          return await adapter.listDepartments(ctx.call)
        } catch (error) {
          // The list is non-null: a thrown error of one provider would make the fields of all providers null.
          if (!(error instanceof ChatError)) throw error
          ctx.partialFailures.push({ path: responsePathAsArray(info.path), error })
          return []
        }
      },
    }),
    preChatForm: t.field({
      type: PreChatForm,
      nullable: true,
      description:
        'What the provider asks visitors before a conversation without a department. Null if the provider does not say, or cannot be read now. It is at most a minute old, for all callers together: a LiveChat costs two calls per minute, a Rocket.Chat the call of `departments`.',
      resolve: (adapter, _args, ctx) => adapter.getPreChatForm(null, ctx.call),
    }),
  }),
})

builder.queryField('providers', (t) =>
  t.field({
    type: [Provider],
    description:
      'The configured providers, in the order of the configuration. An operator gets only the providers that it may use. Costs no call.',
    access: anyone,
    resolve: (_root, _args, { registry }) => registry.all,
  }),
)
