import type { OfflineMessage } from './model.ts'

/** What is read and written of offline messages. */

export interface OfflineMessageDraft {
  readonly name: string
  readonly email: string
  readonly text: string
  /** The provider's department id or name. */
  readonly department: string | null
  readonly host: string | null
}

/** Days are `YYYY-MM-DD`, both inclusive; null selects the default of the last seven days. */
export interface OfflineMessageQuery {
  readonly from: string | null
  readonly to: string | null
  readonly departmentId: string | null
  readonly text: string | null
}

/** An offline message with the token that continues its provider's list after it. */
export interface OfflineMessageItem {
  readonly message: OfflineMessage
  readonly resumeToken: string
}
