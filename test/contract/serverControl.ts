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
