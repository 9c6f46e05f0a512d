import type { Gates } from './http/routing';
import type { SampleVersion } from './versions';

const words = (text: string): readonly string[] => text.split(' ');

const OLD_PUBLIC = words(
  'auth auth_trusted_header enable_ldap enable_api_key enable_signup enable_login_form enable_websocket',
);
const PUBLIC_0_7 = words(
  'auth auth_trusted_header enable_signup_password_confirmation enable_ldap enable_api_keys enable_signup enable_login_form enable_websocket',
);

const PUBLIC: Readonly<Record<SampleVersion, readonly string[]>> = {
  '0.5.20': OLD_PUBLIC,
  '0.6.5': OLD_PUBLIC,
  '0.6.36': [...OLD_PUBLIC, 'enable_signup_password_confirmation'],
  '0.7.2': PUBLIC_0_7,
  '0.8.12': PUBLIC_0_7,
  '0.9.6': [...PUBLIC_0_7, 'enable_password_change_form'],
  '0.12.4': [...PUBLIC_0_7, 'enable_password_change_form', 'slim'],
};

const SIGNED_IN_0_6 = words(
  'enable_version_update_check enable_direct_connections enable_channels enable_notes enable_web_search enable_code_execution enable_code_interpreter enable_image_generation enable_autocomplete_generation enable_community_sharing enable_message_rating enable_user_webhooks enable_google_drive_integration enable_onedrive_integration',
);
const SIGNED_IN_0_7 = [
  ...SIGNED_IN_0_6,
  ...words('enable_public_active_users_count enable_folders enable_user_status enable_memories'),
];
const SIGNED_IN_0_8 = [...SIGNED_IN_0_7, 'enable_easter_eggs'];
const SIGNED_IN_0_9 = [...SIGNED_IN_0_8, 'enable_calendar', 'enable_automations'];
const SIGNED_IN_0_12 = [
  ...SIGNED_IN_0_9,
  ...words(
    'enable_pyodide_file_persistence enable_direct_integrations enable_plugins enable_tools enable_functions enable_tool_servers enable_terminal_servers enable_encrypted_channels enable_apps enable_context_compaction enable_tool_permissions enable_web_search_confirmation enable_title_generation enable_follow_up_generation enable_tags_generation enable_subagents',
  ),
];

const SIGNED_IN: Readonly<Record<SampleVersion, readonly string[]>> = {
  '0.5.20': [],
  '0.6.5': [],
  '0.6.36': SIGNED_IN_0_6,
  '0.7.2': SIGNED_IN_0_7,
  '0.8.12': SIGNED_IN_0_8,
  '0.9.6': SIGNED_IN_0_9,
  '0.12.4': SIGNED_IN_0_12,
};

const TEXTS: Readonly<Partial<Record<SampleVersion, readonly string[]>>> = {
  '0.7.2': ['folder_max_file_count'],
  '0.8.12': ['folder_max_file_count'],
  '0.9.6': ['folder_max_file_count'],
  '0.12.4': ['folder_max_file_count', 'web_search_confirmation_content'],
};

const ANALYTICS_FLAG: ReadonlySet<SampleVersion> = new Set(['0.8.12', '0.9.6', '0.12.4']);

/** The `features` of `/api/config`: the public part, and for a token the rest with the administrator's gates. */
export function configFeatures(
  version: SampleVersion,
  gates: Gates,
  isSignedIn: boolean,
): Record<string, unknown> {
  const shown = isSignedIn ? [...PUBLIC[version], ...SIGNED_IN[version]] : PUBLIC[version];
  const features: Record<string, unknown> = Object.fromEntries(shown.map((name) => [name, true]));
  if (!isSignedIn) {
    return features;
  }
  return {
    ...features,
    ...Object.fromEntries((TEXTS[version] ?? []).map((name) => [name, ''])),
    enable_admin_export: gates.adminExport,
    enable_admin_chat_access: gates.adminChatAccess,
    ...(ANALYTICS_FLAG.has(version) ? { enable_admin_analytics: gates.adminAnalytics } : {}),
  };
}
