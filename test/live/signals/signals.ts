import type { Participant, ParticipantRole } from '../../../src/domain/model.ts'
import type { PushedSignal } from '../../../src/domain/signals.ts'

/** A participant of whom only id, role and name are known. */
export function participant(nativeId: string, role: ParticipantRole = 'AGENT'): Participant {
  return {
    nativeId,
    role,
    name: nativeId,
    email: null,
    avatarUrl: null,
    phone: null,
    customFields: [],
    seenUpTo: null,
  }
}

export function typing(nativeId: string, isTyping = true): PushedSignal {
  return { type: 'Typing', participant: participant(nativeId), typing: isTyping }
}

export function seen(nativeId: string, upTo: string): PushedSignal {
  return { type: 'Seen', participant: participant(nativeId), upTo: new Date(upTo) }
}

/** A place in the queue; null for the end of it. */
export function queued(position: number | null): PushedSignal {
  return {
    type: 'Queue',
    queue: position === null ? null : { position, estimatedWaitMs: null, since: null },
  }
}

/** A signal in short: `ann types`, `ann stops`, `ann saw 2026-01-01T00:00:00.000Z`, `queue 3`. */
export function summarizeSignal(signal: PushedSignal): string {
  if (signal.type === 'Queue') return `queue ${signal.queue?.position ?? 'over'}`
  const { nativeId } = signal.participant
  if (signal.type === 'Seen') return `${nativeId} saw ${signal.upTo.toISOString()}`
  return `${nativeId} ${signal.typing ? 'types' : 'stops'}`
}
