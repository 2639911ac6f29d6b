import type { Chat } from '../../../sandbox/livechat/index.ts'
import type { Provider, RecipeGateway } from './recipe-gateway.ts'

/** A conversation as the provider's sandbox stores it now. */
export interface StoredConversation {
  readonly isOpen: boolean
  /** Native ids of the agents who serve it. */
  readonly servedBy: readonly string[]
  readonly departmentId: string | undefined
  /** Sorted: the providers keep them in different orders. */
  readonly tags: readonly string[]
  /** The texts of people, oldest first, with the native id of each author. */
  readonly texts: readonly { readonly text: string; readonly by: string; readonly isNote: boolean }[]
  /** The rating in the provider's own form. */
  readonly rating: unknown
}

/** Reads a conversation at the sandbox. */
export function readConversation(
  gateway: RecipeGateway,
  provider: Provider,
  nativeId: string,
): StoredConversation {
  return provider === 'rocketchat' ? readRoom(gateway, nativeId) : readChat(gateway, nativeId)
}

function readRoom({ rocketChat: { workspace } }: RecipeGateway, rid: string): StoredConversation {
  const room = workspace.room(rid)
  return {
    isOpen: room.open === true,
    servedBy: room.servedBy ? [room.servedBy._id] : [],
    departmentId: room.departmentId,
    tags: [...(room.tags ?? [])].sort(),
    texts: workspace
      .messages(rid)
      .filter(({ t }) => t === undefined)
      .map(({ msg, u }) => ({ text: msg, by: u._id, isNote: false })),
    rating: room.surveyFeedback,
  }
}

function readChat({ liveChat: { chats } }: RecipeGateway, chatId: string): StoredConversation {
  const chat: Chat = chats.get(chatId)
  const thread = chat.threads.at(-1)
  return {
    isOpen: thread?.active === true,
    servedBy: chat.users
      .filter(({ type, present, visibility }) => type === 'agent' && present && visibility === 'all')
      .map(({ id }) => id),
    departmentId: chat.groupIds[0]?.toString(),
    tags: [...(thread?.tags ?? [])].sort(),
    texts: chat.threads
      .flatMap(({ events }) => events)
      .filter(({ type }) => type === 'message')
      .map(({ fields, authorId = '', visibility }) => ({
        text: String(fields['text']),
        by: authorId,
        isNote: visibility === 'agents',
      })),
    rating: thread?.properties['rating'],
  }
}
