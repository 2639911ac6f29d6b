import type { ResultEncoder, SharedResult } from '../shared-subscriptions/shared-result.ts'
import { textFrame } from './text-frame.ts'

/** Encodes a shared result as the WebSocket frame of a `next` message. */
export const encodeNextFrame: ResultEncoder = ({ payload }, operationId) =>
  textFrame(openingOf(operationId), payload, '}')

/** The text of a `next` message, for a socket that compresses what it sends. */
export function nextMessageText({ payload }: SharedResult, operationId: string): string {
  return `${openingOf(operationId)}${payload.toString()}}`
}

function openingOf(operationId: string): string {
  return `{"id":${JSON.stringify(operationId)},"type":"next","payload":`
}
