import { SAMPLE_VERSIONS, type SampleVersion } from './versions';

type Names = Readonly<Record<string, string>>;

/** What each version added to the permissions of an account, by group. */
const ADDED: Readonly<Record<SampleVersion, Names>> = {
  '0.5.20': {
    workspace: 'models knowledge prompts tools',
    chat: 'controls file_upload delete edit temporary',
    features: 'web_search image_generation code_interpreter',
  },
  '0.6.5': {
    sharing: 'public_models public_knowledge public_prompts public_tools',
    chat: 'stt tts call multiple_models temporary_enforced',
    features: 'direct_tool_servers',
  },
  '0.6.36': {
    sharing: 'public_notes',
    chat: 'valves system_prompt params delete_message continue_response regenerate_response rate_response share export',
    features: 'notes',
  },
  '0.7.2': {
    workspace: 'models_import models_export prompts_import prompts_export tools_import tools_export',
    sharing: 'models knowledge prompts tools notes',
    features: 'api_keys channels folders memories',
    settings: 'interface',
  },
  '0.8.12': {
    workspace: 'skills',
    sharing: 'skills public_skills',
    access_grants: 'allow_users',
    chat: 'web_upload',
  },
  '0.9.6': { sharing: 'public_chats public_calendars', features: 'automations calendar' },
  '0.12.4': {
    workspace: 'models_hidden skills_import skills_export',
    sharing: 'folders open_chats',
    access_grants: 'allow_groups',
    chat: 'import',
    features: 'encrypted_channels webhooks',
  },
};

/** The `permissions` of an account; the sample grants all of them. */
export function permissionsOf(version: SampleVersion): Record<string, Record<string, boolean>> {
  const known = SAMPLE_VERSIONS.slice(0, SAMPLE_VERSIONS.indexOf(version) + 1);
  const permissions: Record<string, Record<string, boolean>> = {};
  for (const [group, names] of known.flatMap((step) => Object.entries(ADDED[step]))) {
    permissions[group] = {
      ...permissions[group],
      ...Object.fromEntries(names.split(' ').map((name) => [name, true])),
    };
  }
  return permissions;
}
