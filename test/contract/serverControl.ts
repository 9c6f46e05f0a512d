/** Administrators may not read chats. */
export const CLOSED_CHATS = { ENABLE_ADMIN_CHAT_ACCESS: 'false' };
/** 0.5 compares whole paths, later releases also their beginnings. */
const allowedPaths = '/api/v1/users,/api/v1/users/,/api/v1/users/all,/api/v1/files,/api/v1/files/';
/** Keys may use the lists of users and files only. The settings were renamed in 0.6.37; each version reads its own names. */
export const FEW_PATHS = {
  ENABLE_API_KEY_ENDPOINT_RESTRICTIONS: 'true',
  API_KEY_ALLOWED_ENDPOINTS: allowedPaths,
  ENABLE_API_KEYS_ENDPOINT_RESTRICTIONS: 'true',
  API_KEYS_ALLOWED_ENDPOINTS: allowedPaths,
};

/** Restarts the tested server; `scripts/contract.mjs` listens. */
export class ServerControl {
  constructor(readonly url: string) {}

  /**
   * The same server and data, with an environment that differs from the usual one by what is given.
   * @throws Error when it does not come up
   */
  async restart(environment: Readonly<Record<string, string>>): Promise<void> {
    const answer = await fetch(this.url, { method: 'POST', body: JSON.stringify(environment) });
    if (!answer.ok) {
      throw new Error(`The server did not restart: ${await answer.text()}`);
    }
  }
}
