import { type TypedDocumentString, WidgetRenewDocument } from '../../generated/graphql.ts'
import { runExclusively } from '../state/browser-storage.ts'
import type { StoredConversation, VisitorStorage } from '../state/visitor-storage.ts'
import type { Failure, Gateway, Listener, OperationResult } from './gateway.ts'

/** The code of an operation whose visitor token is not accepted. */
export const UNAUTHENTICATED = 'UNAUTHENTICATED'

/** The gateway for the visitor of a conversation. An expired token is renewed, and the operation repeated. */
export interface Visitor {
  readonly roomId: string
  readonly gateway: Gateway
  /** Runs an operation with the current token, and again with a new one if the token has expired. */
  run<Result extends { readonly failure: Failure | null }>(
    operation: (token: string) => Promise<Result>,
  ): Promise<Result | { readonly failure: Failure }>
  /** As `Gateway.ask`. The code UNAUTHENTICATED means that the token cannot be renewed. */
  ask<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<OperationResult<Data>>
  /** As `Gateway.listen`. It ends when the token expires: the next `ask` renews it. */
  listen<Data extends object, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    on: Listener<Data>,
  ): () => void
}

export function createVisitor(
  gateway: Gateway,
  storage: VisitorStorage,
  conversation: StoredConversation,
): Visitor {
  const { roomId } = conversation
  let current = conversation
  /** Another tab may have renewed the tokens, left the conversation, or begun another. */
  const refresh = (): StoredConversation | null => {
    const stored = storage.conversation()
    if (stored?.roomId !== roomId) return null
    current = stored
    return stored
  }

  /** Renews the token, in one tab at a time. Returns why it was not renewed; null if it was. */
  const renew = (expired: string): Promise<Failure | null> =>
    runExclusively('switchboard-chat renew', async () => {
      refresh()
      if (current.token !== expired) return null
      const { renewalToken } = current
      if (renewalToken === null) return { code: UNAUTHENTICATED }
      const { data, failure } = await gateway.ask(WidgetRenewDocument, { input: { renewalToken } })
      const result = data?.renewVisitor
      if (result && 'visitorToken' in result) {
        const isKept = refresh() !== null
        current = { ...current, token: result.visitorToken, renewalToken: result.renewalToken ?? null }
        if (isKept) storage.saveConversation(current)
        return null
      }
      // Other errors may pass: the token is kept for the next attempt.
      const isFinal = failure?.code === 'INVALID_INPUT' || failure?.code === 'UNSUPPORTED'
      return isFinal || !failure ? { code: UNAUTHENTICATED } : failure
    })

  const run: Visitor['run'] = async (operation) => {
    refresh()
    const { token } = current
    const result = await operation(token)
    if (result.failure?.code !== UNAUTHENTICATED) return result
    const failure = await renew(token)
    return failure ? { failure } : operation(current.token)
  }

  return {
    roomId,
    gateway,
    run,
    async ask<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables) {
      const answer = await run((token) => gateway.ask(document, variables, token))
      return 'data' in answer ? answer : { data: null, failure: answer.failure }
    },
    listen: (document, variables, on) => gateway.listen(document, variables, current.token, on),
  }
}
