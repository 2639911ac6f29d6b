import { Room } from '../server/documents.ts'
import { fetchData, type OperationResult } from './graphql-client.ts'
import { asVisitor, createTestGateway, type TestGateway, type TestGatewayOptions } from './test-gateway.ts'

/** A visitor in an open room, and a way to say something in it from inside the server. */
export interface GatewayWithRoom extends TestGateway {
  readonly token: string
  readonly nativeId: string
  /** The room's global id. */
  readonly roomId: string
  say(text: string): void
}

/** Opens a world with one room in it. */
export async function openGatewayWithRoom(options: TestGatewayOptions = {}): Promise<GatewayWithRoom> {
  const world = await createTestGateway(options)
  const { workspace } = world.rocketChat
  const token = 'vera-token-4711'
  workspace.createVisitor({ token })
  const { _id: nativeId } = workspace.openRoom({ token })
  const { roomByNativeId } = await fetchData(world.url, Room, { id: nativeId }, asVisitor(token))
  if (!roomByNativeId) throw new Error('the visitor does not see its own room')
  return {
    ...world,
    token,
    nativeId,
    roomId: roomByNativeId.id,
    say: (text) => void workspace.visitorSends(nativeId, text),
  }
}

/** The codes of an answer's errors. */
export function errorCodes({ errors = [] }: Pick<OperationResult<unknown>, 'errors'>): unknown[] {
  return errors.map(({ extensions }) => extensions?.['code'])
}
