import assert from 'node:assert/strict';
import { finishedText, statusBarModel } from '../../../src/extension/views/statusBarModel';
import { aMirrorStatus, anInstance, aRun, aShownRun, aStatus, aView } from './builders';

describe('the status bar item', () => {
  it('is absent without an instance', () => {
    assert.equal(statusBarModel(aView({ instances: [] })), undefined);
  });

  it('tells how many chats are mirrored', () => {
    assert.equal(statusBarModel(aView())?.text, '$(sync) 482 chats');
  });

  it('counts the run that fetches and the number of others', () => {
    const running = [
      aShownRun({ instanceName: 'resgpt', phase: 'queued' }),
      aShownRun(),
      aShownRun({ instanceName: 'berkshiregpt', phase: 'queued' }),
    ];
    assert.equal(statusBarModel(aView({ running }))?.text, '$(sync~spin) fasgpt: chats 120 of 482 +2');
  });

  it('uses the error colour only for a dead sign-in', () => {
    const failed = aView({ status: aMirrorStatus(aStatus({ runs: [aRun({ status: 'failed' })] })) });
    assert.equal(statusBarModel(failed)?.isError, false);
    assert.equal(statusBarModel(failed)?.text, '$(warning) OpenWebUI Sync');
    const dead = statusBarModel(aView({ signInProblems: new Map([[1, 'Sign in again.']]) }));
    assert.equal(dead?.isError, true);
    assert.equal(dead.text, '$(key) fasgpt: key needed');
  });

  it('has one row per instance in its tooltip, whatever their names', () => {
    const instances = [anInstance(), anInstance({ id: 2, name: 'a | b [x](command:y) $(bug)\n<b>' })];
    const lines = statusBarModel(aView({ instances }))?.tooltip.split('\n') ?? [];
    assert.equal(lines.length, 4);
    assert.equal(lines[2], '| $(pass) | **fasgpt** | 482 chats · last sync 14:30 |');
    assert.equal(
      lines[3],
      '| $(circle-outline) | **a \\| b \\[x\\]\\(command:y\\) \\$\\(bug\\) \\<b\\>** | not synced yet |',
    );
  });

  it('leads to settings that cannot be used, until they are mended', () => {
    const tooltip = statusBarModel(aView(), ['openwebuiSync.timer.dailyAt'])?.tooltip ?? '';
    assert.match(
      tooltip,
      /\(command:workbench\.action\.openSettings\?%5B%22openwebuiSync\.timer\.dailyAt%22%5D\)/,
    );
    assert.doesNotMatch(statusBarModel(aView())?.tooltip ?? '', /command:/);
  });

  it('does not draw icons from names', () => {
    const view = aView({ running: [aShownRun({ instanceName: '$(bug) x' })] });
    assert.ok(!statusBarModel(view)?.text.includes('$(bug)'));
  });

  it('sums up what finished runs changed', () => {
    assert.equal(finishedText([aRun()], ['fasgpt']), 'fasgpt synced: 12 new, 3 changed');
    assert.equal(finishedText([aRun(), aRun()], ['a', 'b']), '2 instances synced: 24 new, 6 changed');
  });
});
