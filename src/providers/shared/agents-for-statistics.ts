import { ChatError } from '../../domain/errors.ts'
import type { Agent } from '../../domain/model.ts'

/** Reads agents for statistics, which do without them if the configured account may not list them. */
export async function readAgentsIfPermitted(
  read: () => Promise<readonly Agent[]>,
  isForbidden: (error: unknown) => boolean = () => false,
): Promise<readonly Agent[] | null> {
  try {
    return await read()
  } catch (error) {
    if (isForbidden(error) || (error instanceof ChatError && error.code === 'FORBIDDEN')) return null
    throw error
  }
}
