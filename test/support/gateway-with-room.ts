import { Room } from '../server/documents.ts'
import { fetchData, type OperationResult } from './graphql-client.ts'
import { asVisitor, createTestGateway, type TestGateway, type TestGatewayOptions } from './test-gateway.ts'

/** A gateway, a visitor with an open room, and a function to send a message at the provider. */
export interface GatewayWithRoom extends TestGateway {
  readonly token: string
  readonly nativeId: string
  /** The room's global id. */
  readonly roomId: string
  sendMessage(text: string): void
}

/** Starts a gateway with one room. */
export async function openGatewayWithRoom(options: TestGatewayOptions = {}): Promise<GatewayWithRoom> {
  const gateway = await createTestGateway(options)
  const { workspace } = gateway.rocketChat
  const token = 'vera-token-4711'
  workspace.createVisitor({ token })
  const { _id: nativeId } = workspace.openRoom({ token })
  const { roomByNativeId } = await fetchData(gateway.url, Room, { id: nativeId }, asVisitor(token))
  if (!roomByNativeId) throw new Error('the visitor does not see its own room')
  return {
    ...gateway,
    token,
    nativeId,
    roomId: roomByNativeId.id,
    sendMessage: (text) => void workspace.visitorSends(nativeId, text),
  }
}

/** The error codes of a result. */
export function errorCodes({ errors = [] }: Pick<OperationResult<unknown>, 'errors'>): unknown[] {
  return errors.map(({ extensions }) => extensions?.['code'])
}
