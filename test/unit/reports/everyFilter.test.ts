import assert from 'node:assert/strict';
import { REPORTS } from '../../../src/reports/catalogue';
import type { ReportFilter, ReportScope } from '../../../src/reports/reportSettings';
import { expandSql } from '../../../src/reports/sqlTemplate';
import { DEFAULT_WEIGHTS } from '../../../src/reports/users/engagementWeights';
import { blocksOf, fullMirror, keepPeople, type Ids } from './fullMirror';
import type { TestMirror } from './mirror';

function keepChatsThatAreThere(mirror: TestMirror): void {
  for (const sql of [
    'DELETE FROM message_sources WHERE message_id IN (SELECT id FROM message WHERE is_deleted = 1)',
    'DELETE FROM message WHERE is_deleted = 1',
    'DELETE FROM chats WHERE is_deleted = 1',
  ]) {
    mirror.run(sql);
  }
}

/** What one model answered, and the turns that it answered. */
function keepModel(mirror: TestMirror, model: string): void {
  const gone = `SELECT id FROM message m WHERE CASE m.role WHEN 'assistant' THEN m.model_id <> ?
    ELSE m.id NOT IN (SELECT a.parent_id FROM message a WHERE a.model_id = ? AND a.parent_id IS NOT NULL) END`;
  mirror.run(`DELETE FROM message_sources WHERE message_id IN (${gone})`, [model, model]);
  mirror.run(`DELETE FROM message WHERE id IN (${gone})`, [model, model]);
}

interface FilterCase {
  readonly name: string;
  /** One instance where the other would be left without a message: days that a mirror knows are no matter of filters. */
  readonly isOfOne?: boolean;
  /** Reports that read such a filter otherwise, and say so. */
  readonly except?: readonly string[];
  readonly filter: (ids: Ids) => ReportFilter;
  /** Leaves in a mirror only what the filter lets through. */
  readonly keep: (mirror: TestMirror, ids: Ids) => void;
}

const CASES: readonly FilterCase[] = [
  {
    name: 'one user',
    isOfOne: true,
    filter: ({ people }) => ({ users: [people[0]] }),
    keep: (mirror, { people }) => keepPeople(mirror, 'id = ?', [people[0]]),
  },
  {
    name: 'a group',
    isOfOne: true,
    filter: ({ group }) => ({ groups: [group] }),
    keep: (mirror, { people }) => keepPeople(mirror, 'id = ?', [people[0]]),
  },
  {
    name: 'a role',
    isOfOne: true,
    filter: () => ({ roles: ['admin'] }),
    keep: (mirror, { people }) => keepPeople(mirror, 'id = ?', [people[0]]),
  },
  {
    name: 'everybody but the sync account',
    filter: () => ({ withoutSyncAccount: true }),
    keep: (mirror, { people }) => keepPeople(mirror, 'id <> ?', [people[1]]),
  },
  {
    name: 'what is not deleted',
    filter: () => ({ withoutDeleted: true }),
    keep: (mirror) => keepChatsThatAreThere(mirror),
  },
  {
    name: 'a model',
    // Chats with an answer of the model, as wholes; what users switched to from the model, or from what.
    except: ['conversations', 'models'],
    filter: () => ({ models: ['gpt-4o'] }),
    keep: (mirror) => keepModel(mirror, 'gpt-4o'),
  },
];

/** The same mirror twice: as it is, and with nothing left but what is asked for. */
async function twoMirrors(
  keep: FilterCase['keep'],
): Promise<{ readonly all: TestMirror; readonly only: TestMirror; readonly ids: Ids }> {
  const { mirror: all, ids } = await fullMirror();
  const { mirror: only } = await fullMirror();
  keep(only, ids);
  return { all, only, ids };
}

for (const { name, filter, keep, isOfOne = false, except = [] } of CASES) {
  describe(`A filter by ${name}`, () => {
    let mirrors: Awaited<ReturnType<typeof twoMirrors>>;
    before(async () => (mirrors = await twoMirrors(keep)));
    after(() => {
      mirrors.all.dispose();
      mirrors.only.dispose();
    });

    for (const definition of REPORTS.filter(
      // Bills know no people and models, and the report says so.
      ({ id, isOfWholeBills = false }) => !except.includes(id) && !isOfWholeBills,
    )) {
      it(`reaches every number of the report "${definition.title}"`, async () => {
        const { all, only, ids } = mirrors;
        const scope: ReportScope = isOfOne
          ? { kind: 'instance', instanceId: ids.instances[0] }
          : { kind: 'all' };
        const filtered = await blocksOf(all, definition, { scope, filter: filter(ids) });
        assert.deepEqual(filtered, await blocksOf(only, definition, { scope }));
        assert.notDeepEqual(filtered, await blocksOf(all, definition, { scope }), 'it leaves nothing out');
      });
    }
  });
}

describe('The scope of one instance', () => {
  let mirrors: Awaited<ReturnType<typeof twoMirrors>>;
  before(async () => {
    mirrors = await twoMirrors((mirror, { instances }) => {
      keepPeople(mirror, 'instance_id = ?', [instances[0]]);
      mirror.run('DELETE FROM models WHERE instance_id <> ?', [instances[0]]);
      mirror.run('DELETE FROM instances WHERE id <> ?', [instances[0]]);
    });
  });
  after(() => {
    mirrors.all.dispose();
    mirrors.only.dispose();
  });

  for (const definition of REPORTS) {
    it(`is that of every number of the report "${definition.title}"`, async () => {
      const { all, only, ids } = mirrors;
      const scope = { kind: 'instance', instanceId: ids.instances[0] } as const;
      assert.deepEqual(
        await blocksOf(all, definition, { scope }),
        await blocksOf(only, definition, { scope }),
      );
    });
  }
});

describe('A statement of a report', () => {
  let mirror: TestMirror;
  let ids: Ids;
  before(async () => ({ mirror, ids } = await fullMirror()));
  after(() => mirror.dispose());

  for (const definition of REPORTS) {
    it(`of "${definition.title}" can be read with every filter and all of analysis.json at once`, () => {
      const filter = {
        users: [ids.people[0]],
        groups: [ids.group],
        roles: ['admin'],
        models: ['gpt-4o'],
        withoutDeleted: true,
        withoutSyncAccount: true,
      };
      const effects = { excludedAccounts: 1, mergedAccounts: 2, holidays: 1, weights: DEFAULT_WEIGHTS };
      for (const dataset of Object.values(definition.datasets)) {
        for (const access of ['index', 'scan'] as const) {
          if ('sql' in dataset) {
            assert.ok(mirror.plan(expandSql(dataset.sql, { access, filter, effects }), {}).length > 0);
          }
        }
      }
    });
  }
});
