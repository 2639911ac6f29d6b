import type { ConsoleMessageFragment } from '../../generated/graphql.ts'

/** Messages of one author within this time are one group. */
const GROUP_MS = 5 * 60_000

/** Whether a message continues the group of the message before it: its author and time need not be shown again. */
export function continuesGroup(
  before: ConsoleMessageFragment | undefined,
  message: ConsoleMessageFragment,
): boolean {
  if (!before || before.kind === 'SYSTEM' || message.kind === 'SYSTEM') return false
  const isSameAuthor =
    before.author?.nativeId === message.author?.nativeId && before.author?.role === message.author?.role
  if (!isSameAuthor || before.visibility !== message.visibility) return false
  return Date.parse(message.createdAt) - Date.parse(before.createdAt) < GROUP_MS
}
