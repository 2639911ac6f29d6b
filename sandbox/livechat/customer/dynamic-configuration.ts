import type { WireRoute } from '../../wire-server.ts'
import { ApiError } from '../api-error.ts'
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
        config_version: licence.configurationVersion,
        localization_version: '1',
        language: 'en',
      },
    }
  })
}

/**
 * The static configuration of a group's widget, of which the sandbox has the pre-chat form. The real one answers for the version
 * that the dynamic configuration names (docs/providers/livechat.md 20); here any other version is a validation error.
 */
export function configuration(backend: Backend): WireRoute {
  const { licence } = backend
  return publicRoute('get_configuration', backend, (query) => {
    requireOrganization(licence, query)
    const groupId = query.get('group_id')
    if (!groupId) throw new ApiError('validation', '`group_id` is required')
    if (query.get('version') !== licence.configurationVersion)
      throw new ApiError('validation', '`version` is invalid')
    if (!licence.groups.has(Number(groupId)))
      throw new ApiError('group_not_found', `Group ${groupId} not found`)
    const form = licence.preChatForms.get(Number(groupId))
    return { buttons: [], allowed_domains: [], ...(form && { prechat_form: form }) }
  })
}
