import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { SampleServer } from '../../src/sample/server';
import { eventually, longMs } from './support/eventually';
import { PageErrors } from './support/pageErrors';
import { takePictures } from './support/pictures';
import { Stage, withoutPauses } from './support/stage';
import type { VsCode } from './support/vsCode';
import type { Workbench } from './support/workbench';

const question = 'How shall the zebra <b>herd</b> cross the river?\n\n  Two lines down, indented.';
const code = 'def cross(herd):\n    return sorted(herd)';
const longText = `${'All about the long way round. '.repeat(2_000)}The ostrich is at the end.`;

describe('searching chats', function () {
  this.bail(true);
  const stage = new Stage();
  let vsCode: VsCode;
  let workbench: Workbench;
  let errors: PageErrors;

  before(async () => {
    const server = await stage.company('fasgpt');
    writeZebraChat(server);
    vsCode = await stage.open({ fasgpt: server }, withoutPauses);
    workbench = vsCode.workbench;
    errors = new PageErrors(vsCode.page);
    await workbench.sideBar.open();
    await workbench.sideBar.row(/^fasgpt.*last sync/).waitFor({ timeout: longMs });
  });

  it('shows what is found as one types: title, snippet, instance, person and time', async () => {
    await workbench.runCommand('OpenWebUI Sync: Search Chats...');
    await workbench.quickInput.waitForStep('Search Chats');
    await workbench.quickInput.fill('ZEBRA riv');
    const found = workbench.quickInput.entry(/How shall the zebra <b>herd<\/b> cross the river/);
    await found.waitFor();
    assert.match(await found.innerText(), /Crossing/);
    assert.match(await found.innerText(), /fasgpt · .+ · \d{4}-\d\d-\d\d \d\d:\d\d/);
    await workbench.quickInput.waitForStep('1 result');
    await workbench.quickInput.fill('report OR budget');
    await workbench.quickInput.waitForStep(/the first 50 of [\d,]+ results/);
    await takePictures(vsCode, 'search');
    await workbench.quickInput.fill('nosuchword');
    await workbench.quickInput.entry('Nothing found.').waitFor();
  });

  it('opens the conversation at what was found, as it was written', async () => {
    await workbench.quickInput.fill('zebra riv');
    await workbench.quickInput.pick(/How shall the zebra/);
    const page = await conversation('.message.found mark');
    assert.deepEqual(await page.locator('.found mark').allInnerTexts(), ['zebra', 'river']);
    assert.equal(await page.locator('.found .prose').textContent(), question);
    assert.equal(await page.locator('h1').innerText(), 'Crossing the River');
    assert.match(await page.locator('.head').innerText(), /Instance\s+fasgpt/);
    await workbench.tab('Crossing the River').waitFor();
  });

  it('shows one branch with its tokens, and leads to the others', async () => {
    const page = await conversation('.versions');
    const answer = page.locator('.message', { has: page.locator('.versions') });
    assert.match(await answer.innerText(), /2 of 2/);
    assert.match(await answer.innerText(), /Tokens: 1,200 in · 340 out/);
    assert.equal((await answer.locator('pre').innerText()).trim(), code);
    assert.match(
      await page.locator('.facts').innerText(),
      /^This branch: 4 messages · Tokens: 1,200 in · 340 out$/,
    );
    await takePictures(vsCode, 'conversation');
    await page.getByRole('button', { name: 'Previous Version' }).click();
    await page.getByText('Swimming, of course.').waitFor();
    assert.equal(await page.locator('.message').count(), 2, 'what answered the other version goes with it');
    await vsCode.page.keyboard.press('Enter');
    await page.locator('pre').waitFor();
    await hasMessages(page, 4);
  });

  it('cuts a long text and shows all of it when asked', async () => {
    const page = await conversation('text=Show All');
    assert.equal(await page.getByText('The ostrich is at the end').count(), 0);
    await page.getByRole('button', { name: /^Show All/ }).click();
    await page.getByText('The ostrich is at the end').waitFor();
  });

  it('finds what stands far behind the beginning of a long text', async () => {
    await workbench.runCommand('OpenWebUI Sync: Search Chats...');
    await workbench.quickInput.fill('ostrich');
    await workbench.quickInput.pick(/The ostrich is at the end/);
    const page = await conversation('.found mark >> text="ostrich"');
    assert.equal(await page.locator('.found mark').innerText(), 'ostrich');
  });

  it('breaks no rule of its own content security', () => {
    assert.deepEqual(errors.all, []);
  });

  it('brings the tab back after a reload of the window', async () => {
    await workbench.runCommand('Developer: Reload Window');
    await workbench.tab('Crossing the River').waitFor({ state: 'detached' });
    await hasMessages(await conversation('h1 >> text=Crossing the River'), 4);
  });

  function conversation(selector: string): Promise<Frame> {
    return workbench.webviews.containing(selector);
  }

  /** They are drawn a few at a time. */
  async function hasMessages(page: Frame, count: number): Promise<void> {
    await eventually(
      async () => (await page.locator('.message').count()) === count,
      `${count} messages of the conversation`,
    );
  }
});

/** A question, two answers to it, and a talk that goes on below the second. */
function writeZebraChat({ world }: SampleServer): void {
  const owner = world.chats.all()[0]?.userId;
  assert.ok(owner !== undefined);
  const { id } = world.chats.add(owner, { title: 'Crossing the River' });
  const asked = world.chats.addMessage(id, { role: 'user', content: question });
  world.chats.addMessage(id, {
    role: 'assistant',
    model: 'gpt-4o',
    content: 'Swimming, of course.',
    parentId: asked.id,
  });
  const answered = world.chats.addMessage(id, {
    role: 'assistant',
    model: 'gpt-4o',
    content: `Like this:\n\n\`\`\`python\n${code}\n\`\`\`\n\nand then all at once.`,
    usage: { prompt_tokens: 1_200, completion_tokens: 340, total_tokens: 1_540 },
    parentId: asked.id,
  });
  const more = world.chats.addMessage(id, { role: 'user', content: 'Tell me more.', parentId: answered.id });
  world.chats.addMessage(id, { role: 'assistant', model: 'gpt-4o', content: longText, parentId: more.id });
}
