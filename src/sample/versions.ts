/** The versions of Open WebUI that were seen running, oldest first. */
export const SAMPLE_VERSIONS = ['0.5.20', '0.6.5', '0.6.36', '0.7.2', '0.8.12', '0.9.6', '0.12.4'] as const;

export type SampleVersion = (typeof SAMPLE_VERSIONS)[number];

/** What can be done to a chat, as far as its `updated_at` is concerned. */
export type ChatChange =
  | 'message'
  | 'rating'
  | 'archive'
  | 'pin'
  | 'folder'
  | 'title'
  | 'params'
  | 'tags'
  | 'share'
  | 'autoTitle'
  | 'lateDetails';

type Movement = Readonly<Record<ChatChange, boolean>>;

const UP_TO_0_8: Movement = {
  message: true,
  rating: true,
  archive: true,
  pin: true,
  folder: true,
  title: true,
  params: true,
  tags: false,
  share: false,
  autoTitle: true,
  lateDetails: true,
};
const FROM_0_9: Movement = { ...UP_TO_0_8, autoTitle: false };
const FROM_0_12: Movement = { ...FROM_0_9, title: false, params: false, lateDetails: false };

const MOVEMENT: Readonly<Record<SampleVersion, Movement>> = {
  '0.5.20': UP_TO_0_8,
  '0.6.5': UP_TO_0_8,
  '0.6.36': UP_TO_0_8,
  '0.7.2': UP_TO_0_8,
  '0.8.12': UP_TO_0_8,
  '0.9.6': FROM_0_9,
  '0.12.4': FROM_0_12,
};

/** Whether a change moves the chat's `updated_at` on a server of this version. */
export function movesUpdatedAt(version: SampleVersion, change: ChatChange): boolean {
  return MOVEMENT[version][change];
}
