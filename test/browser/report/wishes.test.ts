import assert from 'node:assert/strict';
import type { ReportFilter } from '../../../src/reports/reportSettings';
import { eventually } from '../../e2e/support/eventually';
import { Bench } from '../support/bench';
import { modelOf, readyOf, SENTENCES, SETTINGS, stateOf, TILES, userBars, USERS } from './reportModels';
import { drawn, openReport, type ReportWebview } from './reportBench';

describe('what a reader can ask of a report', () => {
  const bench = new Bench();

  async function openWith(...args: Parameters<typeof readyOf>): Promise<ReportWebview> {
    const page = await openReport(bench);
    await page.send(readyOf(...args));
    await page.frame.locator('header').waitFor();
    return page;
  }

  /** Picks from one of the toolkit's lists, as a person does. */
  async function pick({ frame }: ReportWebview, list: string, option: string): Promise<void> {
    await frame.getByLabel(list, { exact: true }).click();
    await frame.getByRole('option', { name: option, exact: true }).click();
  }

  /** Waits until the list says it: the toolkit's lists follow a little later than what they are told. */
  function saysScope({ frame }: ReportWebview, scope: string): Promise<void> {
    const list = frame.getByLabel('Instance', { exact: true });
    return list.locator('.selected-value', { hasText: scope }).waitFor();
  }

  it('another report, without the tables of this one', async () => {
    const page = await openWith([USERS], {}, { ...SETTINGS, tables: { userTable: { isLong: true } } });
    const { settings } = await page.after('change', () => pick(page, 'Report', 'Cost'));
    assert.deepEqual(settings, { ...SETTINGS, reportId: 'cost', tables: {} });
  });

  it('one instance, all, or several', async () => {
    const page = await openWith([TILES]);
    const one = await page.after('change', () => pick(page, 'Instance', 'research'));
    assert.deepEqual(one.settings.scope, { kind: 'instance', instanceId: 2 });
    const all = await page.after('change', () => pick(page, 'Instance', 'All instances'));
    assert.deepEqual(all.settings.scope, { kind: 'all' });
    await page.after('pickInstances', () => pick(page, 'Instance', 'Several...'));
    await saysScope(page, 'All instances');
  });

  it('and the list names several instances that are picked', async () => {
    const page = await openWith(
      [TILES],
      {},
      { ...SETTINGS, scope: { kind: 'instances', instanceIds: [1, 3] } },
    );
    await saysScope(page, 'fasgpt, test');
  });

  it('another period from the list, or two days', async () => {
    const page = await openWith([TILES]);
    const preset = await page.after('change', () => pick(page, 'Period', 'Last week'));
    assert.deepEqual(preset.settings.period, { kind: 'preset', preset: 'lastWeek' });
    await pick(page, 'Period', 'Custom period');
    await page.frame.getByLabel('First day').fill('2026-01-05');
    await page.frame.getByLabel('Last day').fill('2026-01-02');
    await page.frame.getByRole('button', { name: 'Apply' }).click();
    await page.frame.getByLabel('Last day').fill('2026-01-09');
    const days = await page.after('change', () => page.frame.getByRole('button', { name: 'Apply' }).click());
    assert.deepEqual(days.settings.period, { kind: 'days', from: '2026-01-05', to: '2026-01-09' });
    const changes = (await page.posted()).filter(({ type }) => type === 'change');
    assert.equal(changes.length, 2, 'a last day before the first is no period');
  });

  it('another comparison and other steps', async () => {
    const page = await openWith([TILES]);
    await page.frame.getByText('View', { exact: true }).click();
    const compared = await page.after('change', () => pick(page, 'Compare with', 'Year before'));
    assert.equal(compared.settings.comparison, 'yearBefore');
    const stepped = await page.after('change', () => pick(page, 'Time steps', 'Weeks'));
    assert.deepEqual([stepped.settings.comparison, stepped.settings.unit], ['yearBefore', 'week']);
    await page.page.keyboard.press('Escape');
    assert.equal(await page.frame.getByLabel('Time steps', { exact: true }).isVisible(), false);
  });

  describe('of its filters', () => {
    const filter: ReportFilter = { users: [1, 2], withoutDeleted: true };
    const filters = [{ kind: 'users', title: 'Users', words: 'Ann, Ben' }] as const;

    it('to change one or to add another', async () => {
      const page = await openWith([TILES], { filters }, { ...SETTINGS, filter });
      const edit = await page.after('editFilter', () =>
        page.frame.getByRole('button', { name: 'Users: Ann, Ben', exact: true }).click(),
      );
      assert.equal(edit.kind, 'users');
      const add = await page.after('editFilter', () =>
        page.frame.getByRole('button', { name: 'Add Filter' }).click(),
      );
      assert.equal(add.kind, undefined);
    });

    it('to take one away, which leaves the focus on the filters', async () => {
      const page = await openWith([TILES], { filters }, { ...SETTINGS, filter });
      const remove = page.frame.getByRole('button', { name: 'Remove the filter Users' });
      await remove.focus();
      const { settings } = await page.after('change', () => page.page.keyboard.press('Enter'));
      assert.deepEqual(settings.filter, { withoutDeleted: true });
      assert.equal(await page.frame.evaluate('document.activeElement.textContent'), 'Add Filter');
    });

    it('also when the report could not be built with them', async () => {
      const page = await openReport(bench);
      await page.send(stateOf({ phase: 'failed', message: 'Not readable.' }, { ...SETTINGS, filter }));
      await page.frame.getByRole('button', { name: 'Users: 2 picked' }).waitFor();
    });
  });

  it('to sort a table: from large to small, small to large, and as it was', async () => {
    const page = await openWith([USERS]);
    const head = page.frame.getByRole('columnheader', { name: 'Turns' });
    const sortBy = async () => {
      const { settings } = await page.after('change', () => head.getByRole('button').click());
      const sort = settings.tables['userTable']?.sort;
      await page.send(readyOf([{ ...USERS, sort }], {}, settings));
      return sort;
    };
    assert.deepEqual(await sortBy(), { field: 'turns', isDescending: true });
    await page.frame.locator('th[aria-sort=descending]').waitFor();
    assert.deepEqual(await sortBy(), { field: 'turns', isDescending: false });
    await page.frame.locator('th[aria-sort=ascending]').waitFor();
    assert.equal(await sortBy(), undefined);
    await page.frame.locator('th[aria-sort=ascending]').waitFor({ state: 'detached' });
    assert.equal(await page.frame.evaluate('document.activeElement.className'), 'sort');
  });

  it('to see more rows of a table, and fewer again', async () => {
    const page = await openWith([USERS]);
    const more = await page.after('change', () =>
      page.frame.getByRole('button', { name: /^Show More/ }).click(),
    );
    assert.deepEqual(more.settings.tables['userTable'], { isLong: true });
    await page.send(readyOf([{ ...USERS, canBeLonger: false, cutNote: undefined }], {}, more.settings));
    const fewer = await page.after('change', () =>
      page.frame.getByRole('button', { name: /^Show Fewer/ }).click(),
    );
    assert.deepEqual(fewer.settings.tables['userTable'], { isLong: false });
  });

  it('to save a block, or to see its SQL where it has one', async () => {
    const bars = userBars([3]);
    const page = await openWith([USERS, bars.block], { datasets: bars.datasets });
    const saved = await page.after('saveBlock', () =>
      page.frame.getByRole('button', { name: 'Save: All users' }).click(),
    );
    assert.equal(saved.blockId, 'userTable');
    const query = await page.after('openQuery', () =>
      page.frame.getByRole('button', { name: 'SQL: All users' }).click(),
    );
    assert.equal(query.queryId, 'by_user');
    assert.equal(await page.frame.getByRole('button', { name: 'SQL: Top users' }).count(), 0);
  });

  it('to follow a name, by pointer or keyboard', async () => {
    const page = await openWith([USERS, SENTENCES]);
    await page.frame.locator('tbody').getByRole('button', { name: 'Ben' }).focus();
    const ben = await page.after('follow', () => page.page.keyboard.press('Enter'));
    assert.deepEqual(ben.link, { kind: 'user', userId: 2 });
    const cost = await page.after('follow', () =>
      page.frame.getByRole('button', { name: 'Open Cost' }).click(),
    );
    assert.deepEqual(cost.link, { kind: 'report', reportId: 'cost' });
  });

  it('to follow a mark of a chart, or the same name in its data', async () => {
    const bars = userBars([9, 5]);
    const page = await openWith([bars.block], { datasets: bars.datasets });
    await drawn(page);
    const mark = await page.after('follow', () => page.frame.locator('.mark-rect path').nth(1).click());
    assert.deepEqual(mark.link, { kind: 'user', userId: 2 });
    await page.frame.getByText('Show data, with the links of the marks').click();
    const name = await page.after('follow', () => page.frame.getByRole('button', { name: 'User 1' }).click());
    assert.deepEqual(name.link, { kind: 'user', userId: 1 });
  });

  it('to open the statements, to export, to refresh, and for more', async () => {
    const page = await openWith([TILES]);
    await page.frame.getByText('The SQL behind the numbers').click();
    const query = await page.after('openQuery', () =>
      page.frame.getByRole('button', { name: 'Open as Query: Users' }).click(),
    );
    assert.equal(query.queryId, 'by_user');
    await page.after('export', () => page.frame.getByRole('button', { name: 'Export' }).click());
    await page.after('refresh', () => page.frame.getByRole('button', { name: 'Refresh' }).click());
    await page.after('more', () => page.frame.getByRole('button', { name: 'More...', exact: true }).click());
  });

  it('to find the page as it was left', async () => {
    const blocks = Array.from({ length: 12 }, (_, index) => ({ ...USERS, id: `table${index}` }));
    const left = await openWith(blocks);
    await left.frame.evaluate('window.scrollTo(0, 700)');
    const kept = { ...SETTINGS, scrollTop: 700 };
    await eventually(async () => {
      const saved = (await left.saved()) as { readonly scrollTop?: number };
      return saved.scrollTop === 700;
    }, 'the place to be kept');
    assert.deepEqual(await left.saved(), kept);

    const found = await openReport(bench, { saved: kept });
    await found.send(readyOf(blocks));
    await eventually(() => found.frame.evaluate('window.scrollY === 700'), 'the place of before');
  });

  it('and what two quick wishes ask for together', async () => {
    const page = await openWith([TILES], { ...modelOf([TILES]) });
    await page.after('change', () => pick(page, 'Period', 'Last week'));
    const { settings } = await page.after('change', () => pick(page, 'Instance', 'test'));
    assert.deepEqual(
      [settings.period, settings.scope],
      [
        { kind: 'preset', preset: 'lastWeek' },
        { kind: 'instance', instanceId: 3 },
      ],
    );
  });
});
