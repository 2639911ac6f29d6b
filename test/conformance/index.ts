import { activityChecks } from './activity.ts'
import type { ConformanceCheck } from './check.ts'
import { manifestChecks } from './manifest.ts'
import { messageChecks } from './messages.ts'
import { offlineChecks } from './offline.ts'
import { roomChecks } from './rooms.ts'
import { writeChecks } from './writes.ts'

/** Everything that every adapter promises, as data. The manifest chooses what is asked of which. */
export const conformanceChecks: readonly ConformanceCheck[] = [
  ...manifestChecks,
  ...roomChecks,
  ...messageChecks,
  ...writeChecks,
  ...offlineChecks,
  ...activityChecks,
]
