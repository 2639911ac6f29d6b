import type { Room } from '../model.ts'
import type { Workspace } from './workspace.ts'

/** Mails the transcript of a room, open or closed (docs/providers/rocketchat.md 19). */
export function sendTranscript(workspace: Workspace, { _id: rid }: Room, to: string): void {
  workspace.transcripts.push({ rid, to, at: new Date(workspace.host.now()) })
}
