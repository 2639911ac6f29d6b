import type { ChatAdapter } from '../../domain/adapter.ts'
import { checkCapability } from '../../domain/capability.ts'
import { ChatError, invalidInput } from '../../domain/errors.ts'
import type { Room } from '../../domain/model.ts'
import { resolveProvider } from '../access/provider-access.ts'
import type { Context } from '../context.ts'
import type { RoomHandle } from '../room/room-ref.ts'

type Path = Context['partialFailures'][number]['path']

/**
 * Reads the rooms of the calling visitor, newest first; empty for other callers. The token goes to the named provider, or to
 * the one that it is known to belong to. A failure is reported at `path`, because the list is not nullable.
 */
export async function readVisitorRooms(
  provider: string | null | undefined,
  path: Path,
  ctx: Context,
): Promise<readonly (Room | RoomHandle)[]> {
  const { caller } = ctx.call
  if (caller.role !== 'VISITOR') return []
  try {
    const adapter = provider ? resolveProvider(provider, 'provider', ctx) : findOwner(ctx)
    const error = checkCapability(adapter, 'READ_MESSAGES', caller)
    if (error) throw error
    const rooms = await adapter.listVisitorRooms(ctx.call)
    return rooms.map(
      ({ roomId, room }) => room ?? { type: 'RoomHandle', provider: adapter.name, nativeId: roomId },
    )
  } catch (error) {
    if (!(error instanceof ChatError)) throw error
    ctx.partialFailures.push({ path, error })
    return []
  }
}

/** Finds the provider of the visitor's token without a request. Throws INVALID_INPUT at `provider` if that is not known. */
function findOwner({ registry, call }: Context): ChatAdapter {
  const owners = registry.all.filter((adapter) => adapter.ownsToken(call.caller))
  const [owner] = owners
  if (owner && owners.length === 1) return owner
  throw invalidInput('provider', 'Name the provider: it is not known yet which one issued the visitor token.')
}
