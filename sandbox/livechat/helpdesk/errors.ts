import type { WireResponse } from '../../wire-server.ts'
import type { LiveChatSwitches } from '../switches.ts'

/** An error of HelpDesk, whose error bodies are not documented. */
export class HelpDeskError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Responds with the result of `work`, or with its error in the form of the switch (docs/providers/livechat.md 1.5). */
export function helpDeskResponse(
  form: LiveChatSwitches['helpdeskErrorForm'],
  work: () => WireResponse,
): WireResponse {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof HelpDeskError)) throw error
    const { status, message } = error
    switch (form) {
      case 'nested':
        return { status, body: { error: { message } } }
      case 'message':
        return { status, body: { message } }
      case 'error':
        return { status, body: { error: message } }
      case 'text':
        return { status, body: message, headers: { 'content-type': 'text/plain; charset=utf-8' } }
    }
  }
}
