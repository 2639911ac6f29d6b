import { activityChecks } from './activity.ts'
import { agentChecks } from './agents.ts'
import type { ConformanceCheck } from './check.ts'
import { feedbackChecks } from './feedback.ts'
import { fileChecks } from './files.ts'
import { manifestChecks } from './manifest.ts'
import { messageChecks } from './messages.ts'
import { offlineChecks } from './offline.ts'
import { pushChecks } from './push.ts'
import { roomWorkChecks } from './room-work.ts'
import { roomChecks } from './rooms.ts'
import { visitorChecks } from './visitors.ts'
import { writeChecks } from './writes.ts'

/** All promises of adapters, as data. The manifest selects the checks of an adapter. */
export const conformanceChecks: readonly ConformanceCheck[] = [
  ...manifestChecks,
  ...roomChecks,
  ...messageChecks,
  ...writeChecks,
  ...offlineChecks,
  ...activityChecks,
  ...agentChecks,
  ...visitorChecks,
  ...feedbackChecks,
  ...roomWorkChecks,
  ...fileChecks,
  ...pushChecks,
]
