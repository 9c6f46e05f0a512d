import assert from 'node:assert/strict';
import { meterMeaning, tokensInUnit } from '../../../../src/store/costs/meters';
import { isSameModel, modelKey } from '../../../../src/store/costs/modelFamilies';

/** Name as billed | family | version | direction | deployment | what else, and tokens in a unit. */
const TOKEN_METERS = `
gpt 4o 0513 Input regional Tokens | gpt-4o | 0513 | input | regional | | 1K
gpt 4o 0513 Output regional Tokens | gpt-4o | 0513 | output | regional | | 1K
gpt 4o 0513 Input global Tokens | gpt-4o | 0513 | input | global | | 1K
gpt 4o 0513 Output Data Zone Tokens | gpt-4o | 0513 | output | dataZone | | 1K
gpt-4o-0806-Inp-glbl Tokens | gpt-4o | 0806 | input | global | | 1K
gpt 4o 0806 Inp Data Zone Tokens | gpt-4o | 0806 | input | dataZone | | 1K
gpt-4o-0806-Outp-regnl Tokens | gpt-4o | 0806 | output | regional | | 1K
gpt 4o 0806 cached Inp regnl Tokens | gpt-4o | 0806 | cached | regional | | 1K
gpt-4o-0806-Batch-Inp-glbl Tokens | gpt-4o | 0806 | input | global | batch | 1K
gpt 4o 0806 Batch Outp Data Zone Tokens | gpt-4o | 0806 | output | dataZone | batch | 1K
gpt 4o 1120 cached Inp Data Zone Tokens | gpt-4o | 1120 | cached | dataZone | | 1K
gpt 4o 1120 Outp glbl Tokens | gpt-4o | 1120 | output | global | | 1K
gpt-4o-mini-0718-Inp-glbl Tokens | gpt-4o-mini | 0718 | input | global | | 1K
gpt-4o-mini-0718-Outp-regnl Tokens | gpt-4o-mini | 0718 | output | regional | | 1K
gpt 4o mini 0718 cached Inp glbl Tokens | gpt-4o-mini | 0718 | cached | global | | 1K
gpt-4o-mini-0718-cached-Inp-glbl Tokens | gpt-4o-mini | 0718 | cached | global | | 1K
gpt 4o mini0718 BatchOutp DataZone Tokens | gpt-4o-mini | 0718 | output | dataZone | batch | 1K
gpt 4.1 Inp glbl Tokens | gpt-4.1 | | input | global | | 1K
gpt 4.1 Outp glbl Tokens | gpt-4.1 | | output | global | | 1K
gpt 4.1 cached Inp glbl Tokens | gpt-4.1 | | cached | global | | 1K
gpt 4.1 Inp Data Zone Tokens | gpt-4.1 | | input | dataZone | | 1K
gpt 4.1 mini Inp glbl Tokens | gpt-4.1-mini | | input | global | | 1K
gpt 4.1 mini Outp regnl Tokens | gpt-4.1-mini | | output | regional | | 1K
gpt 4.1 mini cached Inp DZone Tokens | gpt-4.1-mini | | cached | dataZone | | 1K
gpt 4.1 mini Batch Outp glbl Tokens | gpt-4.1-mini | | output | global | batch | 1K
gpt 4.1 nano Inp glbl Tokens | gpt-4.1-nano | | input | global | | 1K
gpt 4.1 nano cached Inp regnl Tokens | gpt-4.1-nano | | cached | regional | | 1K
gpt 4.5 0227 Inp DZone Tokens | gpt-4.5 | 0227 | input | dataZone | | 1K
gpt 4.5 0227 Batch Inp glbl Tokens | gpt-4.5 | 0227 | input | global | batch | 1K
gpt 4.5 0227 cached Inp regnl Tokens | gpt-4.5 | 0227 | cached | regional | | 1K
gpt-4-turbo-128K Input-regional Tokens | gpt-4-turbo | | input | regional | | 1K
gpt-4-turbo-128K Output-regional Tokens | gpt-4-turbo | | output | regional | | 1K
gpt-35-turbo16K-0125 Inp-glbl Tokens | gpt-35-turbo | 0125 | input | global | | 1K
gpt-35-turbo-16K-0125 Output-regional Tokens | gpt-35-turbo | 0125 | output | regional | | 1K
gpt-35-turbo4K-Inp-glbl Tokens | gpt-35-turbo | | input | global | | 1K
gpt-35-turbo-4k-Output-regional Tokens | gpt-35-turbo | | output | regional | | 1K
o1 1217 Inp glbl Tokens | o1 | 1217 | input | global | | 1K
o1 1217 cached Inp Data Zone Tokens | o1 | 1217 | cached | dataZone | | 1K
o1 mini input glbl Tokens | o1-mini | | input | global | | 1K
o1 mini output glbl Tokens | o1-mini | | output | global | | 1K
o3 0416 Inp glbl Tokens | o3 | 0416 | input | global | | 1K
o3 0416 Outp regnl Tokens | o3 | 0416 | output | regional | | 1K
o3 mini 0131 input glbl Tokens | o3-mini | 0131 | input | global | | 1K
o3 mini 0131 cached input Data Zone Tokens | o3-mini | 0131 | cached | dataZone | | 1K
o4-mini 0416 Inp glbl Tokens | o4-mini | 0416 | input | global | | 1K
o4-mini 0416 Outp Data Zone Tokens | o4-mini | 0416 | output | dataZone | | 1K
o4-mini 0416 cached Inp DataZone Tokens | o4-mini | 0416 | cached | dataZone | | 1K
GPT 5 Inpt Glbl 1M Tokens | gpt-5 | | input | global | | 1M
GPT 5 outpt Glbl 1M Tokens | gpt-5 | | output | global | | 1M
GPT 5 cchd Inpt Glbl 1M Tokens | gpt-5 | | cached | global | | 1M
GPT 5 Mini Inpt Glbl 1M Tokens | gpt-5-mini | | input | global | | 1M
GPT 5 Mini cchd Inpt DZone 1M Tokens | gpt-5-mini | | cached | dataZone | | 1M
GPT 5 Nano Inpt Glbl 1M Tokens | gpt-5-nano | | input | global | | 1M
GPT 5 Chat outpt Glbl 1M Tokens | gpt-5-chat | | output | global | | 1M
gpt 5 chat inp glbl Tokens | gpt-5-chat | | input | global | | 1K
GPT 5.1 cd inp Gl 1M Tokens | gpt-5.1 | | cached | global | | 1M
5.1 pp cd inp Dz 1M Tokens | gpt-5.1 | | cached | dataZone | priority | 1M
5.1 codex mini cd inp Gl 1M Tokens | gpt-5.1-codex-mini | | cached | global | | 1M
5.1 codex max opt Gl 1M Tokens | gpt-5.1-codex-max | | output | global | | 1M
GPT 5.2 opt Dz 1M Tokens | gpt-5.2 | | output | dataZone | | 1M
5.3 codex inp Gl 1M Tokens | gpt-5.3-codex | | input | global | | 1M
5.4 opt Dz 1M Tokens | gpt-5.4 | | output | dataZone | | 1M
5.4 inp Gl 1M Tokens | gpt-5.4 | | input | global | | 1M
5.4 pp inp Gl 1M Tokens | gpt-5.4 | | input | global | priority | 1M
5.4 longco opt Gl 1M Tokens | gpt-5.4 | | output | global | long | 1M
5.4 pro longco inp Gl 1M Tokens | gpt-5.4-pro | | input | global | long | 1M
5.4 mini Batch Inp Gl 1M Tokens | gpt-5.4-mini | | input | global | batch | 1M
54 mini Inp Flex Gl 1M Tokens | gpt-5.4-mini | | input | global | | 1M
5.4 nano Inp Gl 1M Tokens | gpt-5.4-nano | | input | global | | 1M
5.5 ShortCo inp Gl 1M Tokens | gpt-5.5 | | input | global | short | 1M
5.5 LongCo cd inp Gl 1M Tokens | gpt-5.5 | | cached | global | long | 1M
5.6 sol ShortCo Cd Wr Std Gl 1M Tokens | gpt-5.6-sol | | input | global | short write | 1M
5.6 luna ShortCo Cd Inp Std DZ 1M Tokens | gpt-5.6-luna | | cached | dataZone | short | 1M
6-sol ShortCo Opt Std Gl 1M Tokens | gpt-6-sol | | output | global | short | 1M
chat-latest 08062026 inp Gl 1M Tokens | gpt-chat-latest | 0806 | input | global | | 1M
gpt-oss-120B Inp glbl Tokens | gpt-oss-120b | | input | global | | 1K
embedding-ada-regional Tokens | text-embedding-ada-002 | | input | regional | | 1K
embedding-ada-datazone Tokens | text-embedding-ada-002 | | input | dataZone | | 1K
text-embedding-3-large-glbl Tokens | text-embedding-3-large | | input | global | | 1K
text embedding 3 small DZ Tokens | text-embedding-3-small | | input | dataZone | | 1K
Embed v4 Txt DZ Tokens | embed-v4 | | input | dataZone | | 1K
Phi-4-Input Tokens | phi-4 | | input | | | 1K
Phi-4-Output Tokens | phi-4 | | output | | | 1K
R1 Outp DZone Tokens | deepseek-r1 | | output | dataZone | | 1K
R1 Inp glbl Tokens | deepseek-r1 | | input | global | | 1K
V3-0324 Inp glbl Tokens | deepseek-v3 | 0324 | input | global | | 1K
V3.1 Outp glbl Tokens | deepseek-v3.1 | | output | global | | 1K
V3.2 SP Inp glbl Tokens | deepseek-v3.2-speciale | | input | global | | 1K
V4 Pro Inp glbl Tokens | deepseek-v4-pro | | input | global | | 1K
V4 Flash Outp glbl Tokens | deepseek-v4-flash | | output | global | | 1K
MAI-DS-R1 Inp glbl Tokens | mai-ds-r1 | | input | global | | 1K
MAI-Thinking-1 Opt Gl 1M Tokens | mai-thinking-1 | | output | global | | 1M
Code 1.1 Flash Cd Input Gl 1M Tokens | mai-code-1.1-flash | | cached | global | | 1M
Llama 3.3 70B Inp regnl Tokens | llama-3.3-70b | | input | regional | | 1K
Llama 3.3 70B Outp Dzone Tokens | llama-3.3-70b | | output | dataZone | | 1K
MM3.5 Inp glbl Tokens | mistral-medium-3.5 | | input | global | | 1K
Grok 4.1 Inp Glbl Tokens | grok-4.1 | | input | global | | 1K
K2.5 cached glbl Tokens | kimi-k2.5 | | cached | global | | 1K
FW Kimi K2.7 Code Opt DZ 1M Tokens | kimi-k2.7-code | | output | dataZone | | 1M
gpt 4.1 Inp regnl | gpt-4.1 | | input | regional | | ?`
  .trim()
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()));

function told(meter: string): readonly string[] {
  const meaning = meterMeaning(meter);
  const flags = [
    meaning?.isBatch === true ? 'batch' : '',
    meaning?.isPriority === true ? 'priority' : '',
    meaning?.contextTier ?? '',
    meaning?.isCacheWrite === true ? 'write' : '',
  ].filter((flag) => flag !== '');
  const unit = { 1_000: '1K', 1_000_000: '1M' }[meaning?.tokensPerUnit ?? 0] ?? '?';
  const { family = '', version = '', direction = '', deploymentType = '' } = meaning ?? {};
  return [meter, family, version, direction, deploymentType, flags.join(' '), unit];
}

describe('the name of a meter', () => {
  it('of tokens says model, version, direction, deployment and unit, in every dialect', () => {
    assert.ok(TOKEN_METERS.length >= 80);
    for (const expected of TOKEN_METERS) {
      assert.deepEqual(told(expected[0] ?? ''), expected);
      assert.equal(meterMeaning(expected[0] ?? '')?.kind, 'tokens');
    }
  });

  it('of throughput by the hour says how it is deployed, and no model', () => {
    for (const [meter, deploymentType] of [
      ['Provisioned Managed Global Unit', 'global'],
      ['Provisioned Managed Data Zone Unit', 'dataZone'],
      ['Provisioned Managed Regional Unit', 'regional'],
    ] as const) {
      const meaning = meterMeaning(meter);
      assert.deepEqual(
        [meaning?.kind, meaning?.direction, meaning?.deploymentType, meaning?.family],
        ['provisioned', 'fixed', deploymentType, undefined],
      );
    }
  });

  it('of the marketplace says whose models they are', () => {
    const meaning = meterMeaning('Claude Consumption Units');
    assert.deepEqual(
      [meaning?.kind, meaning?.direction, meaning?.family],
      ['marketplace', 'fixed', 'claude'],
    );
  });

  it('of what is no text of a model is told from it, also where it names one', () => {
    for (const meter of [
      'gpt 4o mini dev ft cchd inpt glbl Tokens',
      'o4 mini ft hosting Dz',
      'gpt-4o-aud-1217 Inp glbl Tokens',
      'gpt-4o-transcribe-txt-out-glbl Tokens',
      'gpt rt 1.5 txt inp Gl 1M Tokens',
      'Image 2 img opt Gl 1M Tokens',
      'Code-Interpreter-global',
      'Embed v4 Img DZ Tokens',
    ]) {
      assert.equal(meterMeaning(meter)?.kind, 'other', meter);
    }
  });

  it('stays unknown where it is not clear', () => {
    for (const meter of [
      '',
      'Basic Unit',
      'D2s v3',
      'Hot LRS Data Stored',
      '4.3 Cached Inp Glbl Tokens',
      'gpt 9o 0101 Inp glbl Tokens',
      'gpt 4o 0806 glbl Tokens',
      'gpt 4o Inp Outp glbl Tokens',
      'Nova Inp glbl Tokens',
    ]) {
      assert.equal(meterMeaning(meter), undefined, meter);
    }
  });

  it('is a bare number of the vendor that its sub-category names', () => {
    assert.equal(meterMeaning('4.3 Cached Inp Glbl Tokens', 'Azure Grok Models')?.family, 'grok-4.3');
  });
});

describe('the unit of a bill', () => {
  it('says how many tokens it counts', () => {
    const units = ['1K', '10K', '1M', '1M Tokens', '1K Tokens', '1', '1 Hour', '1/Hour', '1 GB'];
    assert.deepEqual(units.map(tokensInUnit), [
      ...[1_000, 10_000, 1_000_000, 1_000_000, 1_000, 1],
      ...[undefined, undefined, undefined],
    ]);
  });
});

describe('the name of a model', () => {
  const key = (name: string, version?: string): string => {
    const found = modelKey(name, version);
    return found === undefined ? 'unknown' : `${found.family} ${found.version ?? ''}`.trim();
  };

  it('is the same family and version, whoever writes it', () => {
    for (const [name, expected] of [
      ['gpt-4o', 'gpt-4o'],
      ['GPT-4o-mini', 'gpt-4o-mini'],
      ['gpt-4o-2024-08-06', 'gpt-4o 0806'],
      ['azure/gpt-4o-2024-08-06', 'gpt-4o 0806'],
      ['azure.gpt-4.1-mini', 'gpt-4.1-mini'],
      ['gpt-4-turbo-2024-04-09', 'gpt-4-turbo 0409'],
      ['gpt-4-1106-preview', 'gpt-4-turbo 1106'],
      ['gpt-3.5-turbo-0125', 'gpt-35-turbo 0125'],
      ['o3-mini-2025-01-31', 'o3-mini 0131'],
      ['gpt-5.4-mini-2026-03-17', 'gpt-5.4-mini 0317'],
      ['Meta-Llama-3.1-8B-Instruct', 'llama-3.1-8b'],
      ['Llama-4-Maverick-17B-128E-Instruct-FP8', 'llama-4-maverick'],
      ['DeepSeek-R1-0528', 'deepseek-r1 0528'],
      ['Phi-4', 'phi-4'],
      ['text-embedding-3-large', 'text-embedding-3-large'],
    ] as const) {
      assert.equal(key(name), expected, name);
    }
    assert.equal(key('gpt-4', 'turbo-2024-04-09'), 'gpt-4-turbo 0409');
    assert.equal(key('gpt-4o', '2024-11-20'), 'gpt-4o 1120');
    assert.equal(key('Phi-4', '7'), 'phi-4');
  });

  it('is not guessed', () => {
    for (const name of [
      '',
      'gpt-4o-prod',
      'openai/gpt-4o',
      'my assistant',
      'gpt',
      '5.4',
      'r1',
      'claude-opus-4',
      'llama3',
    ]) {
      assert.equal(key(name), 'unknown', name);
    }
  });

  it('may mean another one where only one of them tells the version', () => {
    const any = { family: 'gpt-4o' };
    const may = { family: 'gpt-4o', version: '0513' };
    assert.ok(isSameModel(any, may));
    assert.ok(!isSameModel(may, { family: 'gpt-4o', version: '0806' }));
    assert.ok(!isSameModel(any, { family: 'gpt-4o-mini' }));
  });
});
