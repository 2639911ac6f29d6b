import type { PushControl } from '../push-server.ts'
import { startWireServer, type WireServer } from '../wire-server.ts'
import type { DdpOptions } from './ddp/options.ts'
import { type DdpSubscriptions, startDdpServer } from './ddp/server.ts'
import { randomId } from './ids.ts'
import { PROFILES, type ProfileName } from './profiles.ts'
import { allRoutes, notFound } from './routes/index.ts'
import { type DemoVisitor, seedWorkspace } from './seed/seed.ts'
import { createSettings, limiterSettings, type Settings } from './settings.ts'
import { type ActivityTimes, simulateActivity } from './simulated-activity.ts'
import { type RocketChatWebhooks, startWebhooks } from './webhooks.ts'
import { type CallLimitOverrides, RateLimiter } from './wire/rate-limiter.ts'
import type { ServiceAccount } from './workspace/service-account.ts'
import { renewToken } from './workspace/visitors.ts'
import { createWorkspace } from './workspace/workspace.ts'
import { WorkspaceControl } from './workspace-control.ts'

export type { DdpOptions } from './ddp/options.ts'
export type { DdpSubscriptions } from './ddp/server.ts'
export type { Agent, Department, FileRef, Message, OfflineMail, Room, UserRef, Visitor } from './model.ts'
export type { ProfileName } from './profiles.ts'
export type { DemoVisitor } from './seed/seed.ts'
export type { Settings } from './settings.ts'
export type { ActivityTimes } from './simulated-activity.ts'
export type { RocketChatWebhooks } from './webhooks.ts'
export type { CallLimit, CallLimitOverrides } from './wire/rate-limiter.ts'
export type { HeldInserts } from './workspace/insert-gate.ts'
export type { Permission } from './workspace/permissions.ts'
export type { ServiceAccount } from './workspace/service-account.ts'
export type { InsertedMessage, NewRoom, WorkspaceControl } from './workspace-control.ts'

/** Options of the sandbox, all of them optional. */
export interface RocketChatSandboxOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** The emulated release; 8.8 by default. */
  readonly profile?: ProfileName
  /**
   * Whether calls are rate-limited, over REST and DDP; false by default. The same setting `API_Enable_Rate_Limiter`, and
   * all of `DDP_Rate_Limit_*_Enabled`.
   */
  readonly limiter?: boolean
  readonly limits?: CallLimitOverrides
  /** Whether to start with demo data, the default, or empty. */
  readonly seed?: boolean
  /** Whether to simulate messages in seeded rooms; false by default. */
  readonly lively?: boolean | ActivityTimes
  /** The clock of every date and limit, epoch ms. */
  readonly now?: () => number
  readonly settings?: Partial<Settings>
  /** Milliseconds between two attempts of a webhook; by default the release's own, several seconds. */
  readonly webhookRetryMs?: number
  readonly ddp?: DdpOptions
}

/** A running Rocket.Chat emulator: its HTTP API, its settings, and its workspace. */
export interface RocketChatSandbox extends WireServer {
  /** Changes take effect with the next call. */
  readonly settings: Settings
  readonly workspace: WorkspaceControl
  readonly webhooks: RocketChatWebhooks
  /** The connections of DDP clients, and their faults. */
  readonly push: PushControl
  /** The subscriptions of DDP clients. */
  readonly subscriptions: DdpSubscriptions
  /** Revokes a visitor’s token, if it is anybody’s: their rooms stay under a new one, which is not revealed. */
  revokeToken(visitorToken: string): void
  /** Real ids for queries (none without the seed), and the gateway's service account. */
  readonly demo: { readonly visitors: readonly DemoVisitor[]; readonly serviceAccount: ServiceAccount }
}

/** Starts an emulator of one Rocket.Chat release's livechat REST API, and of DDP at `/websocket`, on 127.0.0.1. */
export async function startRocketChatSandbox(
  options: RocketChatSandboxOptions = {},
): Promise<RocketChatSandbox> {
  const { profile: profileName = '8.8', limiter = false, limits = {}, seed = true, lively = false } = options
  const profile = PROFILES[profileName]
  const settings = createSettings({ ...limiterSettings(limiter), ...options.settings })
  const now = options.now ?? Date.now
  const inside = createWorkspace(profile, settings, { now, newId: randomId })
  const workspace = new WorkspaceControl(inside)
  const visitors = seed ? seedWorkspace(inside, workspace) : []
  const context = { workspace: inside, limiter: new RateLimiter(settings, limits, now) }
  const ddp = startDdpServer(inside, options.ddp)
  const server = await startWireServer({
    routes: allRoutes(context),
    notFound: notFound(profile),
    upgrade: ddp.upgrade,
    port: options.port ?? 0,
    now,
  })
  const webhooks = startWebhooks(inside, options.webhookRetryMs)
  const stopActivity = lively
    ? simulateActivity(workspace, visitors, lively === true ? {} : lively)
    : (): void => undefined
  return {
    ...server,
    settings,
    workspace,
    webhooks,
    push: ddp.control,
    subscriptions: ddp.subscriptions,
    revokeToken: (visitorToken) => renewToken(inside, visitorToken),
    demo: {
      visitors,
      // Created on first use, so that an unseeded workspace stays empty.
      get serviceAccount() {
        return workspace.serviceAccount()
      },
    },
    close() {
      stopActivity()
      webhooks.close()
      ddp.close()
      return server.close()
    },
  }
}
