/** Beginnings of the paths that hostile behaviours show at. */
export const EVERYTHING = '/api/';
/** The version is told to everybody. */
export const WHATEVER_NEEDS_A_KEY = /^\/api\/(?!version)/;
export const CHAT = '/api/v1/chats/share/';
export const CHAT_LIST = '/api/v1/chats/list/user/';
export const MODELS = '/api/v1/models/export';
export const VERSION = '/api/version';
