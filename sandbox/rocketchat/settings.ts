/** The server settings that the sandbox obeys, under Rocket.Chat's own names. Tests change them while it runs. */
export interface Settings {
  /** `en` or `de`: the language of the texts that the server translates. */
  Language: string
  API_Enable_Rate_Limiter: boolean
  API_Enable_Rate_Limiter_Limit_Calls_Default: number
  /** Milliseconds. */
  API_Enable_Rate_Limiter_Limit_Time_Default: number
  /** How many proxies to count back in `x-forwarded-for`; in truth an environment variable. 0 trusts none. */
  HTTP_FORWARDED_COUNT: number
  /** Requests of one user, by DDP, in the interval in ms (docs/providers/rocketchat.md 21.1); likewise below. */
  DDP_Rate_Limit_User_Enabled: boolean
  DDP_Rate_Limit_User_Requests_Allowed: number
  DDP_Rate_Limit_User_Interval_Time: number
  DDP_Rate_Limit_Connection_Enabled: boolean
  DDP_Rate_Limit_Connection_Requests_Allowed: number
  DDP_Rate_Limit_Connection_Interval_Time: number
  DDP_Rate_Limit_User_By_Method_Enabled: boolean
  DDP_Rate_Limit_User_By_Method_Requests_Allowed: number
  DDP_Rate_Limit_User_By_Method_Interval_Time: number
  DDP_Rate_Limit_Connection_By_Method_Enabled: boolean
  DDP_Rate_Limit_Connection_By_Method_Requests_Allowed: number
  DDP_Rate_Limit_Connection_By_Method_Interval_Time: number
  /** Empty without a licence. Any text is a valid one here. */
  Enterprise_License: string
  FileUpload_Enabled: boolean
  /** Bytes; -1 is unlimited. */
  FileUpload_MaxFileSize: number
  /** Media types, comma separated, `*` after the slash for all; empty allows all that the black list does not name. */
  FileUpload_MediaTypeWhiteList: string
  FileUpload_MediaTypeBlackList: string
  /** Whether a file is shown only with a credential. */
  FileUpload_ProtectFiles: boolean
  FileUpload_Restrict_to_users_who_can_access_room: boolean
  Hide_System_Messages: string[]
  Livechat_enabled: boolean
  Livechat_accept_chats_with_no_agents: boolean
  Livechat_Allow_collect_and_store_HTTP_header_informations: boolean
  Livechat_display_offline_form: boolean
  /** Whether visitors fill in a form before a conversation, and whether it asks for name and e-mail address. */
  Livechat_registration_form: boolean
  Livechat_name_field_registration_form: boolean
  Livechat_email_field_registration_form: boolean
  Livechat_enable_message_character_limit: boolean
  Livechat_message_character_limit: number
  Livechat_enable_transcript: boolean
  /** Whether agents who are away take chats. */
  Livechat_enabled_when_agent_idle: boolean
  Livechat_fileupload_enabled: boolean
  /** The address for offline messages. Real servers start with an empty one, and then every offline message fails. */
  Livechat_offline_email: string
  Livechat_validate_offline_email: boolean
  /** Whether it is business hours now; in truth a schedule. */
  business_hours_are_open: boolean
  /** Whether an agent must give a reason to close a room. */
  Livechat_request_comment_when_closing_conversation: boolean
  /** Whether the server chooses the agent of a room, or agents take rooms from the queue. */
  Livechat_Routing_Method: 'Auto_Selection' | 'Manual_Selection'
  Livechat_show_agent_info: boolean
  Livechat_show_agent_email: boolean
  /** Sent with every webhook, where it is not empty. */
  Livechat_secret_token: string
  Livechat_title: string
  Livechat_title_color: string
  /**
   * The webhook timeout in milliseconds. The delay of its retries follows from it (docs/providers/rocketchat.md
   * 7.1).
   */
  Livechat_http_timeout: number
  /** The address of webhooks; none are sent while it is empty. */
  Livechat_webhookUrl: string
  Livechat_webhook_on_agent_message: boolean
  Livechat_webhook_on_chat_queued: boolean
  Livechat_webhook_on_chat_taken: boolean
  Livechat_webhook_on_close: boolean
  Livechat_webhook_on_forward: boolean
  Livechat_webhook_on_offline_msg: boolean
  Livechat_webhook_on_start: boolean
  Livechat_webhook_on_visitor_message: boolean
  Message_AllowDeleting: boolean
  Message_AllowEditing: boolean
  /** Minutes in which agents may edit; 0 is no limit. Visitors have none. */
  Message_AllowEditing_BlockEditInMinutes: number
  Message_KeepHistory: boolean
  /** Characters; for agents only. */
  Message_MaxAllowedSize: number
  Message_ShowDeletedStatus: boolean
  Omnichannel_allow_visitors_to_close_conversation: boolean
  /** Whether users appear under their names in place of their usernames. */
  UI_Use_Real_Name: boolean
}

/**
 * Rocket.Chat's defaults (docs/providers/rocketchat.md 1-6), but with an offline address, so that the form works
 * out of the box.
 */
export function createSettings(overrides: Partial<Settings> = {}): Settings {
  return {
    Language: 'en',
    API_Enable_Rate_Limiter: true,
    API_Enable_Rate_Limiter_Limit_Calls_Default: 10,
    API_Enable_Rate_Limiter_Limit_Time_Default: 60_000,
    HTTP_FORWARDED_COUNT: 0,
    DDP_Rate_Limit_User_Enabled: true,
    DDP_Rate_Limit_User_Requests_Allowed: 1200,
    DDP_Rate_Limit_User_Interval_Time: 60_000,
    DDP_Rate_Limit_Connection_Enabled: true,
    DDP_Rate_Limit_Connection_Requests_Allowed: 600,
    DDP_Rate_Limit_Connection_Interval_Time: 60_000,
    DDP_Rate_Limit_User_By_Method_Enabled: true,
    DDP_Rate_Limit_User_By_Method_Requests_Allowed: 20,
    DDP_Rate_Limit_User_By_Method_Interval_Time: 10_000,
    DDP_Rate_Limit_Connection_By_Method_Enabled: true,
    DDP_Rate_Limit_Connection_By_Method_Requests_Allowed: 10,
    DDP_Rate_Limit_Connection_By_Method_Interval_Time: 10_000,
    Enterprise_License: '',
    FileUpload_Enabled: true,
    FileUpload_MaxFileSize: 104_857_600,
    FileUpload_MediaTypeWhiteList: '',
    FileUpload_MediaTypeBlackList: 'image/svg+xml',
    FileUpload_ProtectFiles: true,
    FileUpload_Restrict_to_users_who_can_access_room: false,
    Hide_System_Messages: [],
    Livechat_enabled: true,
    Livechat_accept_chats_with_no_agents: false,
    Livechat_Allow_collect_and_store_HTTP_header_informations: false,
    Livechat_display_offline_form: true,
    Livechat_registration_form: true,
    Livechat_name_field_registration_form: true,
    Livechat_email_field_registration_form: true,
    Livechat_enable_message_character_limit: false,
    Livechat_message_character_limit: 0,
    Livechat_enable_transcript: false,
    Livechat_enabled_when_agent_idle: true,
    Livechat_fileupload_enabled: true,
    Livechat_offline_email: 'support@roastery.example',
    Livechat_validate_offline_email: true,
    business_hours_are_open: true,
    Livechat_request_comment_when_closing_conversation: true,
    Livechat_Routing_Method: 'Auto_Selection',
    Livechat_show_agent_info: true,
    Livechat_show_agent_email: true,
    Livechat_secret_token: '',
    Livechat_title: 'Rocket.Chat',
    Livechat_title_color: '#C1272D',
    Livechat_http_timeout: 5000,
    Livechat_webhookUrl: '',
    Livechat_webhook_on_agent_message: false,
    Livechat_webhook_on_chat_queued: false,
    Livechat_webhook_on_chat_taken: false,
    Livechat_webhook_on_close: false,
    Livechat_webhook_on_forward: false,
    Livechat_webhook_on_offline_msg: false,
    Livechat_webhook_on_start: false,
    Livechat_webhook_on_visitor_message: false,
    Message_AllowDeleting: true,
    Message_AllowEditing: true,
    Message_AllowEditing_BlockEditInMinutes: 0,
    Message_KeepHistory: false,
    Message_MaxAllowedSize: 5000,
    Message_ShowDeletedStatus: false,
    Omnichannel_allow_visitors_to_close_conversation: true,
    UI_Use_Real_Name: false,
    ...overrides,
  }
}

/** The switches of the limits of REST and DDP. */
export function limiterSettings(isOn: boolean): Partial<Settings> {
  return {
    API_Enable_Rate_Limiter: isOn,
    DDP_Rate_Limit_User_Enabled: isOn,
    DDP_Rate_Limit_Connection_Enabled: isOn,
    DDP_Rate_Limit_User_By_Method_Enabled: isOn,
    DDP_Rate_Limit_Connection_By_Method_Enabled: isOn,
  }
}
