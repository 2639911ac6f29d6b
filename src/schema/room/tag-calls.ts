import { isJsonObject } from '../../domain/json.ts'
import { MAX_TAGS } from '../input.ts'

/**
 * Estimates the calls that the tags of an input cause: at LiveChat a read of the room and one per tag. An input that is too
 * long costs none, because it is refused.
 */
export function callsForTags({ input }: Readonly<Record<string, unknown>>): number {
  const tags = isJsonObject(input) ? input['tags'] : null
  return Array.isArray(tags) && tags.length > 0 && tags.length <= MAX_TAGS ? 1 + tags.length : 0
}
