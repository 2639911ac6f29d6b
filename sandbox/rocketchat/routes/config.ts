import type { Room, Visitor } from '../model.ts'
import { apiRoute, type BoundRoute } from '../wire/api-route.ts'
import { config } from '../wire/visitor-shapes.ts'
import { agentInfo, findDepartment, onlineAgents } from '../workspace/agents.ts'
import { findOpenRoom } from '../workspace/rooms.ts'
import type { Workspace } from '../workspace/workspace.ts'

/**
 * GET livechat/config: what a widget needs to start, and with a token the visitor's own state
 * (docs/providers/rocketchat.md 4.5).
 */
export const configRoute: BoundRoute = apiRoute({
  method: 'GET',
  path: 'livechat/config',
  query: config,
  typedEarly: true,
  legacyStyle: 'object',
  handle({ workspace, query: { token, department } }) {
    if (!workspace.settings.Livechat_enabled) return { config: { enabled: false } }
    const departmentId = department ? findDepartment(workspace, department)?._id : undefined
    return {
      config: {
        enabled: true,
        online:
          workspace.settings.Livechat_accept_chats_with_no_agents ||
          onlineAgents(workspace, departmentId).length > 0,
        settings: widgetSettings(workspace),
        theme: { title: workspace.settings.Livechat_title, color: workspace.settings.Livechat_title_color },
        survey: {
          items: ['satisfaction', 'agentKnowledge', 'agentResposiveness', 'agentFriendliness'],
          values: ['1', '2', '3', '4', '5'],
        },
        departments: shownDepartments(workspace),
        triggers: [],
        customFields: publicFields(workspace),
        ...ownState(workspace, token),
      },
    }
  },
})

function widgetSettings({ settings }: Workspace): object {
  return {
    language: settings.Language,
    registrationForm: settings.Livechat_registration_form,
    nameFieldRegistrationForm: settings.Livechat_name_field_registration_form,
    emailFieldRegistrationForm: settings.Livechat_email_field_registration_form,
    displayOfflineForm: settings.Livechat_display_offline_form,
    fileUpload: settings.Livechat_fileupload_enabled && settings.FileUpload_Enabled,
    transcript: settings.Livechat_enable_transcript,
    agentHiddenInfo: !settings.Livechat_show_agent_info,
    limitTextLength:
      settings.Livechat_enable_message_character_limit && settings.Livechat_message_character_limit,
    hiddenSystemMessages: settings.Hide_System_Messages,
    visitorsCanCloseChat: settings.Omnichannel_allow_visitors_to_close_conversation,
  }
}

/** The fields of the registration form. Servers without a licence have none (docs/providers/rocketchat.md 17). */
function publicFields({ settings, customFields }: Workspace): object[] {
  if (settings.Enterprise_License === '') return []
  return [...customFields.values()]
    .filter((field) => field.public && field.visibility === 'visible' && field.scope === 'visitor')
    .map(({ _id, label, regexp = '', required, type = 'input', options = '' }) => ({
      _id,
      label,
      regexp,
      required,
      type,
      options,
    }))
}

function shownDepartments(workspace: Workspace): object[] {
  return [...workspace.departments.values()]
    .filter(({ enabled, agentIds }) => enabled && agentIds.length > 0)
    .map(({ _id, name, showOnRegistration, showOnOfflineForm }) => ({
      _id,
      name,
      showOnRegistration,
      showOnOfflineForm,
    }))
}

function ownState(workspace: Workspace, token: string | null | undefined): object {
  const guest = token ? workspace.visitors.get(token) : undefined
  const room = guest && findOpenRoom(workspace, guest.token)
  const agent = room?.servedBy && agentInfo(workspace, room.servedBy._id)
  return {
    ...(guest && { guest: shownGuest(guest) }),
    ...(room && { room: shownRoom(room) }),
    ...(agent && { agent }),
  }
}

// Neither is the whole document (docs/providers/rocketchat.md 17).
function shownGuest({ _id, name, username, token, visitorEmails, department }: Visitor): object {
  return { _id, name, username, token, visitorEmails, department }
}

function shownRoom({ _id, departmentId, servedBy, open }: Room): object {
  return { _id, departmentId, servedBy, open }
}
