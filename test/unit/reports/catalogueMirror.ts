import fc from 'fast-check';
import { TestMirror, at } from './mirror';

/** A message as a server may hold it. */
export interface Said {
  /** Which of the four chats, two on each of two instances, each of its own user. */
  readonly chat: number;
  /** Minutes after the start of the week. */
  readonly minute: number;
  readonly role: 'user' | 'assistant';
  readonly model: string | null;
  readonly input: number | null;
  readonly output: number | null;
  readonly rating: 1 | -1 | null;
  readonly isError: boolean;
  readonly isDone: boolean;
  readonly isCopy: boolean;
  readonly isDeleted: boolean;
  readonly source: 'message' | 'chat';
}

export const CHATS = 4;
/** Friday before the clocks of New York go forward on Sunday, 8 March 2026. */
export const WEEK_START = at('2026-03-06 00:00');
const WEEK_MINUTES = 7 * 24 * 60;

const tokens = fc.option(fc.integer({ min: 0, max: 5000 }), { nil: null });

export const anySaid: fc.Arbitrary<Said> = fc.record({
  chat: fc.integer({ min: 0, max: CHATS - 1 }),
  minute: fc.integer({ min: 0, max: WEEK_MINUTES - 1 }),
  role: fc.constantFrom('user', 'assistant'),
  model: fc.constantFrom('gpt-4o', 'llama3', null),
  input: tokens,
  output: tokens,
  rating: fc.constantFrom(null, 1, -1),
  isError: fc.boolean(),
  isDone: fc.boolean(),
  isCopy: fc.boolean(),
  isDeleted: fc.boolean(),
  source: fc.constantFrom('message', 'chat'),
});

/** A mirror of two instances with two users each and a chat for each user; `write` fills it anew. */
export class WeekMirror {
  readonly mirror: TestMirror;
  readonly instances: readonly [number, number];
  readonly #chats: readonly number[];

  private constructor(mirror: TestMirror) {
    this.mirror = mirror;
    const options = { lastSync: at('2026-03-15 12:00') };
    this.instances = [mirror.instance('fasgpt', options), mirror.instance('resgpt', options)];
    this.#chats = Array.from({ length: CHATS }, (_, index) =>
      mirror.chat(mirror.user(this.instances[index < 2 ? 0 : 1], `User ${index}`)),
    );
    for (const id of this.instances) {
      mirror.model(id, 'gpt-4o');
    }
    mirror.price('gpt-4o', { input: 2, cached: 1, output: 8 });
  }

  static async create(zone: string): Promise<WeekMirror> {
    return new WeekMirror(await TestMirror.create(zone));
  }

  write(said: readonly Said[]): void {
    this.mirror.run('DELETE FROM message');
    let turn: number | null = null;
    for (const { chat, minute, ...options } of said) {
      const id = this.mirror.message(this.#chats[chat] ?? 0, WEEK_START + minute * 60, {
        ...options,
        parent: options.role === 'assistant' ? turn : null,
        columns: { is_active_branch: minute % 2, content_chars: minute },
      });
      turn = options.role === 'user' ? id : turn;
    }
  }
}

/** A busy week, the same each time. */
export async function busyWeek(): Promise<WeekMirror> {
  const week = await WeekMirror.create('UTC');
  week.write(fc.sample(anySaid, { numRuns: 300, seed: 7 }));
  week.mirror.run(`UPDATE chats SET current_message_id =
    (SELECT m.remote_id FROM message m WHERE m.chat_id = chats.id AND m.is_active_branch = 1 ORDER BY m.id DESC LIMIT 1)`);
  week.mirror
    .run(`INSERT INTO message_sources (message_id, kind, use, remote_id, times, instance_id, sync_datetime,
      sync_datetime_epoch)
    SELECT m.id, CASE m.id % 3 WHEN 0 THEN 'tool' WHEN 1 THEN 'web' ELSE 'file' END,
      CASE m.id % 3 WHEN 2 THEN 'cited' ELSE 'called' END, 'any', 1 + m.id % 2, m.instance_id, '', 0
    FROM message m WHERE m.role = 'assistant'`);
  for (let day = 6; day <= 9; day++) {
    week.mirror.bill(week.instances[0], 'gpt-4o', `2026-03-0${day}`, 12.5, { isOpen: true });
  }
  week.mirror.spread();
  return week;
}

/** Local date of a moment by the platform's own calendar, apart from how the product works it out. */
export function dateIn(zone: string, epoch: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(epoch * 1000);
}
