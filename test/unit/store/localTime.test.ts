import assert from 'node:assert/strict';
import { localTimeIn } from '../../../src/store/localTime';

const utc = (text: string): number => Date.parse(`${text}Z`) / 1000;

describe('localTimeIn', () => {
  it('gives text, day and hour of the zone, not of the process', () => {
    assert.deepEqual(localTimeIn('Asia/Kolkata')(utc('2025-11-16T20:00:05')), {
      text: '2025-11-17 01:30:05',
      day: 20_409,
      hour: 1,
    });
  });

  it('counts days in local time, so that midnight begins a new one', () => {
    const berlin = localTimeIn('Europe/Berlin');
    assert.equal(berlin(utc('2025-07-01T22:00:00')).day - berlin(utc('2025-07-01T21:59:59')).day, 1);
  });

  it('repeats an hour when the clocks go back', () => {
    const berlin = localTimeIn('Europe/Berlin');
    assert.equal(berlin(utc('2025-10-26T00:30:00')).text, '2025-10-26 02:30:00');
    assert.equal(berlin(utc('2025-10-26T01:30:00')).text, '2025-10-26 02:30:00');
  });

  it('skips an hour when the clocks go forward', () => {
    const berlin = localTimeIn('Europe/Berlin');
    assert.equal(berlin(utc('2025-03-30T00:59:59')).text, '2025-03-30 01:59:59');
    assert.equal(berlin(utc('2025-03-30T01:00:00')).text, '2025-03-30 03:00:00');
  });

  it('knows half-hour changes and zones that skipped a day', () => {
    assert.equal(localTimeIn('Australia/Lord_Howe')(utc('2025-04-05T14:59:00')).text, '2025-04-06 01:59:00');
    assert.equal(localTimeIn('Australia/Lord_Howe')(utc('2025-04-05T15:01:00')).text, '2025-04-06 01:31:00');
    const apia = localTimeIn('Pacific/Apia');
    assert.equal(apia(utc('2011-12-30T09:59:59')).text, '2011-12-29 23:59:59');
    assert.equal(apia(utc('2011-12-30T10:00:00')).text, '2011-12-31 00:00:00');
  });

  it('agrees with Intl every seven hours over three years', () => {
    const zone = 'America/New_York';
    const local = localTimeIn(zone);
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    for (let epoch = utc('2024-01-01T00:17:03'); epoch < utc('2027-01-01T00:00:00'); epoch += 7 * 3600) {
      assert.equal(local(epoch).text, format.format(epoch * 1000));
    }
  });

  it('survives times before 1970, of a fraction and beyond the calendar', () => {
    const local = localTimeIn('UTC');
    assert.equal(local(-1).text, '1969-12-31 23:59:59');
    assert.equal(local(0.9).text, '1970-01-01 00:00:00');
    assert.match(local(8e15).text, /^9999-12-/);
    assert.match(local(-8e15).text, /^0001-01-/);
  });

  it('refuses an unknown zone', () => {
    assert.throws(() => localTimeIn('Mars/Olympus'), RangeError);
  });
});
