import type { Capability, ConsoleRoomPageQuery } from '../../generated/graphql.ts'

type WithCapabilities = Pick<NonNullable<ConsoleRoomPageQuery['room']>, 'capabilities'>

/** Whether an action is allowed in a room, and why not. */
export interface Permission {
  readonly allowed: boolean
  readonly reason: string | null
}

export function permissionFor({ capabilities }: WithCapabilities, wanted: Capability): Permission {
  const found = capabilities.find(({ capability }) => capability === wanted)
  return { allowed: found?.allowed ?? false, reason: found?.reason ?? null }
}
