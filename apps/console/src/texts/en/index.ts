import { assignment } from './assignment.ts'
import { closing } from './closing.ts'
import { conversation } from './conversation.ts'
import { details } from './details.ts'
import { errors } from './errors.ts'
import { frame } from './frame.ts'
import { general } from './general.ts'
import { inbox } from './inbox.ts'
import { offline } from './offline.ts'
import { providers } from './providers.ts'
import { room } from './room.ts'
import { session } from './session.ts'
import { status } from './status.ts'

/** The console in English. Its type is what every other language must have. */
export const en = {
  assignment,
  closing,
  conversation,
  details,
  errors,
  frame,
  general,
  inbox,
  offline,
  providers,
  room,
  session,
  status,
}

export type Texts = typeof en
