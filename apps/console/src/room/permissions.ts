import type { Capability, ConsoleRoomPageQuery } from '../../generated/graphql.ts'

type Allowances = Pick<NonNullable<ConsoleRoomPageQuery['room']>, 'capabilities'>

/** Whether something may be done in a room, and why not. */
export interface Allowance {
  readonly allowed: boolean
  readonly reason: string | null
}

export function allowanceOf({ capabilities }: Allowances, wanted: Capability): Allowance {
  const found = capabilities.find(({ capability }) => capability === wanted)
  return { allowed: found?.allowed ?? false, reason: found?.reason ?? null }
}
