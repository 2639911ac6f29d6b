import type { BrowserGateway } from './browser-gateway.ts'

/** What happens at a provider in the newest conversation, without the gateway. */
export interface AgentsEnd {
  /** Number of conversations. */
  count(): number
  /** What the visitor has said there, oldest first. */
  visitorTexts(): readonly string[]
  /** What the agents have said there, oldest first. */
  agentTexts(): readonly string[]
  says(text: string): void
  types(): void
  close(): void
}

/** The agents' end of a provider's conversations. */
export function agentsEndOf(
  { rocketChat, liveChat }: Pick<BrowserGateway, 'rocketChat' | 'liveChat'>,
  provider: string,
): AgentsEnd {
  return provider === 'livechat' ? ofLiveChat(liveChat) : ofRocketChat(rocketChat)
}

function ofRocketChat({ workspace }: BrowserGateway['rocketChat']): AgentsEnd {
  const rid = () => workspace.rooms().at(-1)?._id ?? ''
  const textsOf = (isVisitor: boolean) =>
    workspace
      .messages(rid())
      .flatMap(({ msg, token, t, file }) => (!!token === isVisitor && !t && !file ? [msg] : []))
  return {
    count: () => workspace.rooms().length,
    visitorTexts: () => textsOf(true),
    agentTexts: () => textsOf(false),
    says: (text) => void workspace.agentSends(rid(), text),
    types: () => workspace.types(rid(), 'agent', true),
    close: () => void workspace.closeRoom(rid()),
  }
}

function ofLiveChat({ chats }: BrowserGateway['liveChat']): AgentsEnd {
  const id = () => chats.all.at(-1)?.id ?? ''
  const textsOf = (isVisitor: boolean) => {
    const { id: customerId } = chats.customerOf(id())
    const events = chats.get(id()).threads.flatMap(({ events }) => events)
    return events.flatMap(({ type, authorId, fields }) =>
      type === 'message' && (authorId === customerId) === isVisitor ? [String(fields['text'])] : [],
    )
  }
  return {
    count: () => chats.all.length,
    visitorTexts: () => textsOf(true),
    agentTexts: () => textsOf(false),
    says: (text) => void chats.agentSends(id(), text),
    types: () => chats.agentTypes(id()),
    close: () => chats.close(id(), 'agent'),
  }
}
