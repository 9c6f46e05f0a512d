import * as v from 'valibot';
import type { ValueStore } from '../parameters/rememberedValues';

const KEY = 'openwebuiSync.mirrorQueries';
const addresses = v.array(v.string());

/** Which `.sql` files of a workspace are queries of the mirror. */
export class RememberedFiles {
  constructor(private readonly store: ValueStore) {}

  has(address: string): boolean {
    return this.#all().includes(address);
  }

  async add(address: string): Promise<void> {
    await this.store.update(KEY, [...new Set([...this.#all(), address])]);
  }

  async remove(address: string): Promise<void> {
    await this.store.update(
      KEY,
      this.#all().filter((known) => known !== address),
    );
  }

  #all(): readonly string[] {
    const parsed = v.safeParse(addresses, this.store.get(KEY));
    return parsed.success ? parsed.output : [];
  }
}
