interface Capability {
  readonly capability: string
  readonly allowed: boolean
}

const CONVERSATION = ['READ_MESSAGES', 'SEND_MESSAGE', 'UPDATE_MESSAGE', 'DELETE_MESSAGE', 'CLOSE_ROOM']

/** The capabilities of a conversation, without those of agents' work and of single features, which have tests of their own. */
export function conversationCapabilities<T extends Capability>(capabilities: readonly T[] = []): T[] {
  return capabilities.filter(({ capability }) => CONVERSATION.includes(capability))
}
