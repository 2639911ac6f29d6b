import type { Logger } from 'pino'
import { ChatError } from '../../domain/errors.ts'

/** What failed to be read, and how often in succession. */
interface PollFailureFields {
  readonly provider: string
  readonly roomId?: string
  readonly failures?: number
}

/** Logs a failed read: an expected error as a warning with its code, any other one with its stack. */
export function logPollFailure(
  log: Logger,
  error: unknown,
  fields: PollFailureFields,
  message: string,
): void {
  if (error instanceof ChatError) log.warn({ ...fields, code: error.code }, message)
  else log.error({ ...fields, err: error }, message)
}
