/** A vendor's webhook as received: header names in lower case, the body as parsed JSON of any shape. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: unknown
}

/** The rooms that a webhook reports activity for. It triggers a poll and is never used as data. */
export interface WebhookHint {
  readonly roomIds: readonly string[]
  /** Whether offline messages may have arrived. */
  readonly hasOfflineMessages: boolean
}
