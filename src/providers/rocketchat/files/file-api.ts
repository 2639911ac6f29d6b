import type { CallContext } from '../../../domain/adapter.ts'
import type { FileDraft } from '../../../domain/files.ts'
import type { WireMessage } from '../wire.ts'
import type { FileMark } from './file-mark.ts'

/** Sends files for one caller. Throws what RocketChatClient throws, and ChatError. */
export interface FileApi {
  /**
   * Checks that the room can take a file, before its first byte is sent. Returns what the message of the file is recognized by
   * after a lost response; null if `send` reports it.
   */
  prepare(roomId: string, call: CallContext): Promise<FileMark | null>
  /** Sends the file as a message. Awaits `onUploaded` before the message is requested, where that is a request of its own. */
  send(
    draft: FileDraft,
    call: CallContext,
    onUploaded: (mark: FileMark) => Promise<void>,
  ): Promise<WireMessage>
}
