/** A meter as bills name it, with what they say beside it. */
export interface Meter {
  readonly name: string;
  readonly subCategory: string;
  readonly category: string;
  readonly service: string;
  readonly publisher: string;
}

function foundry(name: string, subCategory = 'Azure OpenAI'): Meter {
  return {
    name,
    subCategory,
    category: 'Foundry Models',
    service: 'Foundry Models',
    publisher: 'Azure',
  };
}

/** Names as Microsoft's price list has them: the same thing is said in many dialects. */
export const METERS = {
  gpt4oInput: foundry('gpt 4o 0806 Inp glbl Tokens'),
  gpt4oCached: foundry('gpt 4o 0806 cached Inp glbl Tokens'),
  gpt4oOutput: foundry('gpt 4o 0806 Outp glbl Tokens'),
  gpt4oInputDataZone: foundry('gpt 4o 1120 Inp Data Zone Tokens'),
  gpt4oOutputDataZone: foundry('gpt 4o 1120 Outp Data Zone Tokens'),
  gpt4oInputRegional: foundry('gpt 4o 0513 Input regional Tokens'),
  gpt4oOutputRegional: foundry('gpt 4o 0513 Output regional Tokens'),
  gpt4oCachedDataZone: foundry('gpt 4o 1120 cached Inp Data Zone Tokens'),
  gpt4oMiniInput: foundry('gpt-4o-mini-0718-Inp-glbl Tokens'),
  gpt4oMiniCached: foundry('gpt-4o-mini-0718-cached-Inp-glbl Tokens'),
  gpt4oMiniOutput: foundry('gpt-4o-mini-0718-Outp-glbl Tokens'),
  gpt4oMiniBatchOutput: foundry('gpt 4o mini0718 BatchOutp DataZone Tokens'),
  gpt5MiniInput: foundry('GPT 5 Mini Inpt Glbl 1M Tokens', 'Azure OpenAI GPT5'),
  gpt5MiniCached: foundry('GPT 5 Mini cchd Inpt Glbl 1M Tokens', 'Azure OpenAI GPT5'),
  gpt5MiniOutput: foundry('GPT 5 Mini Outpt Glbl 1M Tokens', 'Azure OpenAI GPT5'),
  gpt5MiniCachedDataZone: foundry('GPT 5 Mini cchd Inpt DZone 1M Tokens', 'Azure OpenAI GPT5'),
  gpt54OutputDataZone: foundry('5.4 opt Dz 1M Tokens', 'Azure OpenAI GPT5'),
  gpt55InputShort: foundry('5.5 ShortCo inp Gl 1M Tokens', 'Azure OpenAI GPT5'),
  deepSeekOutput: foundry('R1 Outp DZone Tokens', 'Azure DeepSeek Models'),
  deepSeekInput: foundry('V4 Pro Inp glbl Tokens', 'Azure DeepSeek Models'),
  phiInput: foundry('Phi-4-Input Tokens', 'Azure Phi Models'),
  embedding: foundry('embedding-ada-regional Tokens'),
  provisioned: foundry('Provisioned Managed Global Unit'),
  fineTuneHosting: foundry('gpt 4o 0806 FT Hosting glbl Unit'),
  claude: {
    name: 'Claude Consumption Units',
    subCategory: 'Anthropic Claude',
    category: 'Unassigned',
    service: 'Unassigned',
    publisher: 'Marketplace',
  },
  virtualMachine: {
    name: 'D4s v5',
    subCategory: 'Virtual Machines Dsv5 Series',
    category: 'Virtual Machines',
    service: 'Virtual Machines',
    publisher: 'Azure',
  },
  storage: {
    name: 'Hot LRS Data Stored',
    subCategory: 'Tiered Block Blob',
    category: 'Storage',
    service: 'Storage',
    publisher: 'Azure',
  },
  search: {
    name: 'Basic Unit',
    subCategory: 'Azure AI Search',
    category: 'Azure AI Search',
    service: 'Azure AI Search',
    publisher: 'Azure',
  },
} as const satisfies Record<string, Meter>;

const NO_METER: Meter = { name: '', subCategory: '', category: '', service: '', publisher: 'Azure' };

/** A meter that only its name is known of: one of the models, unless it has none. */
export function meterNamed(name: string): Meter {
  if (name === '') {
    return NO_METER;
  }
  return Object.values<Meter>(METERS).find((meter) => meter.name === name) ?? foundry(name);
}
