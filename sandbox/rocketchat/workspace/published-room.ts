import type { Room } from '../model.ts'

/** The fields of a room that clients in it receive, by `rooms.get` and in `rooms-changed` (docs/providers/rocketchat.md 15). */
export function publishedRoom(room: Room): object {
  const {
    closedAt: _at,
    closer: _closer,
    closedBy: _by,
    metrics: _metrics,
    surveyFeedback: _rating,
    ...shown
  } = room
  return shown
}
