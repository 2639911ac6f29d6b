import type { WireRoute } from '../../wire-server.ts'
import { groupStatus } from '../store/routing.ts'
import { type Backend, publicRoute } from '../v3/method.ts'
import { requireOrganization } from './access.ts'

/** Configuration that a widget reads before it has a token; without an online group, `online_group_ids` is absent (docs/providers/livechat.md 14). */
export function dynamicConfiguration(backend: Backend): WireRoute {
  const { licence } = backend
  return publicRoute('get_dynamic_configuration', backend, (query) => {
    requireOrganization(licence, query)
    const online = [...licence.groups.keys()].filter((id) => groupStatus(licence, id) !== 'offline')
    return {
      organization_id: licence.organizationId,
      livechat_active: true,
      default_widget: 'livechat',
      livechat: {
        group_id: Number(query.get('group_id') ?? 0),
        client_limit_exceeded: false,
        domain_allowed: true,
        ...(online.length > 0 && { online_group_ids: online }),
        config_version: '1',
        localization_version: '1',
        language: 'en',
      },
    }
  })
}
