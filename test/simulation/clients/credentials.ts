import { sendOperation } from '../../support/graphql-client.ts'
import { asOperator, asVisitor } from '../../support/test-gateway.ts'
import type { SimulatedRoom } from '../driver/simulated-provider.ts'
import type { LoadedPage } from '../oracle/history.ts'
import { stateText } from '../oracle/room-states.ts'
import { Page } from './documents.ts'

/** The same credential for HTTP and for `connection_init`. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>
  readonly credential: Readonly<Record<string, string>>
}

export function credentialsOf(role: 'OPERATOR' | 'VISITOR', { visitorToken }: SimulatedRoom): Credentials {
  return role === 'OPERATOR'
    ? { headers: asOperator, credential: asOperator }
    : { headers: asVisitor(visitorToken), credential: { visitorToken } }
}

/** Reads the newest messages of a room. Throws where they cannot be read now. */
export async function readPage(
  url: string,
  variables: { readonly provider: string; readonly room: string; readonly last: number },
  { headers }: Credentials,
): Promise<Omit<LoadedPage, 'readAt'>> {
  const { data, errors } = await sendOperation(url, Page, variables, headers)
  const room = data?.roomByNativeId
  const cursor = room?.messages.pageInfo.endCursor
  if (!room || errors || !cursor) throw new Error('the page could not be read')
  const nodes = room.messages.nodes.map(({ nativeId, text, state }) => ({
    id: nativeId,
    text: state === 'DELETED' ? null : text,
  }))
  return { nodes, cursor, state: stateText(room) }
}
