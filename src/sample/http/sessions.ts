import { randomBytes } from 'node:crypto';
import type { Dialect } from '../dialects';
import type { SampleUser } from '../model';
import type { SampleWorld } from '../world';

const LIMIT_SECONDS = 180;

export interface Session {
  readonly token: string;
  /** Seconds since 1970; null = for ever. */
  readonly expiresAt: number | null;
}

/** Tokens given out by sign-in, and the count of wrong passwords. */
export class SessionBook {
  readonly #world: SampleWorld;
  readonly #tokens = new Map<string, { userId: string; session: Session }>();
  readonly #tries = new Map<string, number[]>();

  constructor(world: SampleWorld) {
    this.#world = world;
  }

  open(userId: string, dialect: Pick<Dialect, 'tokenLife'>): Session {
    const expiresAt = dialect.tokenLife === null ? null : this.#world.now() + dialect.tokenLife;
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = {
      id: userId,
      jti: randomBytes(8).toString('hex'),
      ...(expiresAt === null ? {} : { exp: expiresAt }),
    };
    const signature = randomBytes(32).toString('base64url');
    const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}.${signature}`;
    const session: Session = { token, expiresAt };
    this.#tokens.set(token, { userId, session });
    return session;
  }

  /** The account of a token that is known and not over. */
  find(token: string): { user: SampleUser; session: Session } | 'expired' | undefined {
    const entry = this.#tokens.get(token);
    if (entry === undefined) {
      return undefined;
    }
    const { expiresAt } = entry.session;
    const user = this.#world.users.find(entry.userId);
    const isOver = expiresAt !== null && expiresAt <= this.#world.now();
    return isOver || user === undefined ? 'expired' : { user, session: entry.session };
  }

  /** Ends every token, as a changed server secret does. */
  endAll(): void {
    this.#tokens.clear();
  }

  /** Notes one more try; true when there were more than the version allows. */
  isOneTooMany(email: string, dialect: Dialect): boolean {
    if (dialect.signInTries === null) {
      return false;
    }
    const now = this.#world.now();
    const recent = (this.#tries.get(email) ?? []).filter((time) => time > now - LIMIT_SECONDS);
    this.#tries.set(email, [...recent, now]);
    return recent.length >= dialect.signInTries;
  }
}
