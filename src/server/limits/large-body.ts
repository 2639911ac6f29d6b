import type { Caller } from '../../domain/caller.ts'
import { type MeasureWork, sourceKey, type WorkLimits } from './work-limits.ts'

/** A body of this many characters is parsed even for a source that has used up its parsing time. */
const SMALL_BODY_LENGTH = 16_384

/** The client that sent a body. */
export interface BodySender {
  readonly caller: Caller
  readonly clientAddress: string
}

/** Whether work with a body is measured, and refused to a source that has used up its parsing time. */
export function isLargeBody(body: string | null): boolean {
  return body !== null && body.length > SMALL_BODY_LENGTH
}

/** Milliseconds until the client may send a body like this; 0 if it may now. */
export function bodyWaitMs(
  body: string | null,
  { caller, clientAddress }: BodySender,
  workLimits: WorkLimits,
): number {
  return isLargeBody(body) ? workLimits.parsingWaitMs(sourceKey(caller, clientAddress)) : 0
}

/** Charges work with a large body to its client; null for any other body, whose work is too short to be measured. */
export function chargeOf(
  body: string | null,
  { caller, clientAddress }: BodySender,
  workLimits: WorkLimits,
): MeasureWork | null {
  const source = sourceKey(caller, clientAddress)
  return isLargeBody(body) ? (work) => workLimits.measureParsing(source, work) : null
}
