import { unsupported } from '../../domain/capability.ts'
import type { CapabilityImplementations } from '../shared/chat-adapter.ts'
import { translateErrorsWith } from '../shared/error-translation.ts'
import type { Connections } from './connections.ts'
import { RoomStarter, type RoomStarterOptions } from './customer/room-starter.ts'
import { toChatError } from './errors.ts'
import type { supportsOf } from './supports.ts'

type VisitorCapability = 'START_ROOM' | 'RENEW_VISITOR'

/** Creates the entries of the capabilities for new and returning visitors. */
export function visitorCapabilities(
  { customers, client, accountTokens, forms }: Connections,
  supports: Pick<ReturnType<typeof supportsOf>, VisitorCapability>,
  options: Pick<RoomStarterOptions, 'provider' | 'participants' | 'idempotentWrites'>,
): Pick<CapabilityImplementations, VisitorCapability> {
  if (customers === null) {
    return {
      START_ROOM: unsupported(supports.START_ROOM.denialReason),
      RENEW_VISITOR: unsupported(supports.RENEW_VISITOR.denialReason),
    }
  }
  const translateErrors = translateErrorsWith((error) => toChatError(error, options.provider))
  const starter = new RoomStarter({ ...options, client, customers, accountTokens, forms })
  return {
    START_ROOM: {
      ...supports.START_ROOM,
      methods: { startRoom: translateErrors((draft, call) => starter.start(draft, call)) },
    },
    RENEW_VISITOR: {
      ...supports.RENEW_VISITOR,
      methods: {
        renewVisitor: translateErrors((visitorId, call) => customers.tokens.renew(visitorId, call)),
      },
    },
  }
}
