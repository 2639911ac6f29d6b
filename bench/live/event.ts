import { encodeCursor } from '../../src/cursor/cursor.ts'
import type { RoomEvent } from '../../src/domain/events.ts'
import { NO_PARTICIPANT_DETAILS } from '../../src/domain/model.ts'

/** The fingerprint in the cursor of a conversation with recent messages. */
const FINGERPRINT = { idsHash: 'Qm7tWc0x', recentVersions: 'kJ3sPqv1Rz' }
const ROOM = { view: 'VISITOR', hash: 'OkX3_w9', resend: 'NONE' } as const

/** Creates the event that the hub emits for an agent's message. */
export function benchEvent(text: string): RoomEvent {
  const now = new Date()
  const roomId = 'bYHBkmWrnAzbhJHLT'
  const position = { micros: now.getTime() * 1000, id: 'bYHBkmWrnAzbhJHLM' }
  const logPosition = { epoch: '33f2b5f0-5a4e-4a9e-a7a4-3f4c4b7f8e3d', sequence: 1 }
  const fingerprint = { ...FINGERPRINT, from: position, recentFromMicros: position.micros }
  return {
    provider: 'rocketchat',
    roomId,
    room: null,
    cursor: encodeCursor({
      position,
      changeMicros: position.micros,
      logPosition,
      fingerprint,
      roomState: ROOM,
    }),
    change: {
      type: 'MessageAdded',
      message: {
        type: 'Message',
        provider: 'rocketchat',
        ref: { roomId, threadId: null, messageId: position.id },
        position,
        kind: 'TEXT',
        text,
        author: {
          role: 'AGENT',
          nativeId: 'bYHBkmWrnAzbhJHLA',
          name: 'Agent',
          email: null,
          avatarUrl: null,
          ...NO_PARTICIPANT_DETAILS,
        },
        visibility: 'EVERYONE',
        state: 'ACTIVE',
        createdAt: now,
        editedAt: null,
        editedBy: null,
        attachments: [],
        form: null,
        buttons: [],
        systemEvent: null,
      },
    },
  }
}
