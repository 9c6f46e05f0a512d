import type { REPORTS } from '../../../src/reports/catalogue';
import type { ReportBlock, ReportModel } from '../../../src/reports/reportModel';
import type { ReportFilter, ReportScope } from '../../../src/reports/reportSettings';
import { billMarch } from './costMirror';
import { TestMirror, at } from './mirror';
import { report } from './reading';

/** A mirror with a bit of everything, the same ids each time. */
export async function fullMirror(): Promise<{ mirror: TestMirror; ids: Ids }> {
  const mirror = await TestMirror.create();
  const instances = [mirror.instance('fasgpt'), mirror.instance('resgpt')] as const;
  const people = [
    mirror.user(instances[0], 'Ann', { email: 'ann@example.test' }),
    mirror.user(instances[0], 'Robot', { email: 'robot@example.test' }),
    mirror.user(instances[1], 'Ben', { email: 'ben@example.test' }),
    mirror.user(instances[0], 'Alex', { email: 'alex@example.test' }),
    mirror.user(instances[0], 'Alex', { email: 'other@example.test' }),
    mirror.user(instances[0], 'Idle', { email: 'idle@example.test' }),
  ] as const;
  const [ann, robot, ben] = people;
  mirror.run("UPDATE users SET created_at = '2025-12-01 09:00:00', last_active_at = '2026-03-30 09:00:00'");
  mirror.run("UPDATE users SET role = 'admin' WHERE id = ?", [ann]);
  mirror.run('UPDATE instances SET sync_user_id = ? WHERE id = ?', [robot, instances[0]]);
  const group = mirror.row('user_groups', {
    instance_id: instances[0],
    remote_id: 'group',
    name: 'Law',
    member_count: 1,
    row_hash: '',
  });
  mirror.put('group_members', {
    group_id: group,
    user_id: ann,
    instance_id: instances[0],
    first_seen_at: '2026-01-01 09:00:00',
    first_seen_at_epoch: at('2026-01-01 09:00'),
  });
  for (const model of ['gpt-4o', 'llama3']) {
    mirror.model(instances[0], model);
    mirror.model(instances[1], model);
    mirror.price(model, { input: 2, output: 8 });
  }
  // The first and the last message of each instance are of the people who stay, so that the known days do.
  for (const [place, user] of people.slice(0, 5).entries()) {
    const isEdge = user === ann || user === ben;
    for (let week = isEdge ? 0 : 1; week < (isEdge ? 13 : 12); week++) {
      const chat = mirror.chat(user, { isDeleted: week % 5 === 4 });
      mirror.run('UPDATE chats SET title = ?, tags = ?, folder_id = ?, archived = ? WHERE id = ?', [
        `Chat ${user} ${week}`,
        week % 2 === 0 ? '["law"]' : '[]',
        week % 3 === 0 ? `folder-${user}` : null,
        Number(week % 4 === 0),
        chat,
      ]);
      conversation(mirror, chat, at('2026-01-05 09:00') + week * 7 * 86_400 + place * 3600, {
        turns: 1 + ((week * (place + 1)) % 6),
        isDeleted: week % 5 === 4,
        instance: user === ben ? instances[1] : instances[0],
      });
    }
  }
  billMarch(mirror, instances);
  // Tests take messages away and leave what was billed for them: no number may notice.
  mirror.run('PRAGMA foreign_keys = OFF');
  // Shown where no instance is left out: no matter of filters.
  mirror.run('DELETE FROM cost_shares WHERE instance_id IS NULL');
  return { mirror, ids: { instances, people, group } };
}

export interface Ids {
  readonly instances: readonly [number, number];
  readonly people: readonly [number, number, number, number, number, number];
  readonly group: number;
}

function conversation(
  mirror: TestMirror,
  chat: number,
  start: number,
  { turns, isDeleted, instance }: { turns: number; isDeleted: boolean; instance: number },
): void {
  let parent: number | null = null;
  for (let turn = 0; turn < turns; turn++) {
    const columns = {
      is_active_branch: 1,
      content_chars: 40 + turn,
      duration_ms: 1500 + turn,
      output_ms: 900,
    };
    const asked = mirror.message(chat, start + turn * 600, {
      parent,
      isDeleted,
      columns: { is_active_branch: 1, content_chars: 12, file_count: turn % 2 },
    });
    for (const model of turn % 3 === 2 ? ['gpt-4o', 'llama3'] : [turn % 2 === 0 ? 'gpt-4o' : 'llama3']) {
      parent = mirror.message(chat, start + turn * 600 + 5, {
        role: 'assistant',
        parent: asked,
        model,
        input: 100 * (turn + 1),
        output: 50,
        rating: turn % 2 === 0 ? 1 : -1,
        isError: turn === 4,
        isDeleted,
        columns,
      });
    }
    mirror.put('message_sources', {
      message_id: parent ?? asked,
      kind: 'tool',
      use: 'called',
      remote_id: 'calculator',
      times: 2,
      instance_id: instance,
    });
  }
  mirror.run(
    'UPDATE chats SET current_message_id = (SELECT remote_id FROM message WHERE message.id = ?) WHERE id = ?',
    [parent, chat],
  );
}

/** Takes everything away that is not of the people (a condition on `users.id`). */
export function keepPeople(mirror: TestMirror, condition: string, values: readonly number[]): void {
  const gone = `SELECT id FROM users WHERE NOT (${condition})`;
  for (const sql of [
    `DELETE FROM message_sources WHERE message_id IN (SELECT id FROM message WHERE user_id IN (${gone}))`,
    `DELETE FROM message WHERE user_id IN (${gone})`,
    `DELETE FROM chats WHERE user_id IN (${gone})`,
    `DELETE FROM group_members WHERE user_id IN (${gone})`,
    `UPDATE instances SET sync_user_id = NULL WHERE sync_user_id IN (${gone})`,
    `DELETE FROM users WHERE NOT (${condition})`,
  ]) {
    mirror.run(sql, [...values]);
  }
}

export type Shown = Readonly<Record<string, unknown>>;

/** Everything that a report shows of its numbers, by block. */
function shown(model: ReportModel): Shown {
  return Object.fromEntries(
    model.sections.flatMap(({ blocks }) => blocks).map((block) => [block.id, contentOf(block)]),
  );
}

function contentOf(block: ReportBlock): unknown {
  switch (block.type) {
    case 'kpis':
      return block.tiles;
    case 'chart':
      return { table: block.table, summary: block.summary };
    case 'table':
      return { table: block.table, cutNote: block.cutNote };
    case 'text':
      return block.sentences;
    case 'pending':
    case 'failed':
      throw new Error(`${block.id} was not built`);
  }
}

export async function blocksOf(
  mirror: TestMirror,
  definition: (typeof REPORTS)[number],
  asked: { readonly filter?: ReportFilter; readonly scope?: ReportScope },
): Promise<Shown> {
  return shown(
    await report(mirror, {
      definition,
      period: { kind: 'days', from: '2026-02-15', to: '2026-03-31' },
      ...asked,
    }),
  );
}
