/** What a provider asks visitors before a conversation starts, and their answers. */

export const preChatFieldKinds = ['NAME', 'EMAIL', 'TEXT', 'LONG_TEXT', 'CHOICE', 'MULTIPLE_CHOICE'] as const
/** How a field is shown and answered. */
export type PreChatFieldKind = (typeof preChatFieldKinds)[number]

export interface PreChatOption {
  /** The value that an answer contains. */
  readonly value: string
  readonly label: string
}

export interface PreChatField {
  /** Unique in the form. */
  readonly key: string
  readonly kind: PreChatFieldKind
  /** Null where the provider leaves the wording to the client. */
  readonly label: string | null
  readonly required: boolean
  /** Empty for fields that are not answered by choice. */
  readonly options: readonly PreChatOption[]
}

export interface PreChatForm {
  /** In their order; empty where the provider asks nothing. */
  readonly fields: readonly PreChatField[]
}

/** The answer to one field, apart from fields of the kinds NAME and EMAIL. */
export interface PreChatAnswer {
  readonly key: string
  /** One value, or several for MULTIPLE_CHOICE. */
  readonly values: readonly string[]
}
