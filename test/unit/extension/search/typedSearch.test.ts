import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { SearchRequest, SearchResult } from '../../../../src/store/search/searchTypes';
import { TypedSearch, type TypedState } from '../../../../src/extension/search/typedSearch';

const resultOf = (total: number): SearchResult => ({ hits: [], total, needles: [], warnings: [] });

/** A search box whose pauses and searches end when the test says so. */
class Box {
  readonly asked: SearchRequest[] = [];
  readonly states: TypedState[] = [];
  readonly typed: TypedSearch;
  #pause: (() => void) | undefined;
  #answer:
    { readonly resolve: (result: SearchResult) => void; readonly reject: (error: Error) => void } | undefined;

  constructor() {
    this.typed = new TypedSearch({
      search: (request) => {
        this.asked.push(request);
        return new Promise((resolve, reject) => (this.#answer = { resolve, reject }));
      },
      onState: (state) => this.states.push(state),
      wait: (work) => {
        this.#pause = work;
        return () => (this.#pause = undefined);
      },
    });
  }

  /** Nobody types for a while. */
  pause(): void {
    this.#pause?.();
  }

  async answer(total: number): Promise<void> {
    this.#answer?.resolve(resultOf(total));
    await setImmediate();
  }

  async fail(): Promise<void> {
    this.#answer?.reject(new Error('damaged'));
    await setImmediate();
  }

  get texts(): string[] {
    return this.asked.map(({ text }) => text);
  }

  get phases(): string[] {
    return this.states.map(({ phase }) => phase);
  }
}

describe('searching as one types', () => {
  it('waits for a pause, then asks for what stands there', async () => {
    const box = new Box();
    box.typed.type('b');
    box.typed.type('bu');
    assert.deepEqual(box.texts, []);
    box.pause();
    assert.deepEqual(box.asked, [{ text: 'bu', isTyping: true }]);
    await box.answer(3);
    assert.deepEqual(box.states.at(-1), { phase: 'done', result: resultOf(3) });
  });

  it('drops a result that is out of date, and asks for the newest text only', async () => {
    const box = new Box();
    box.typed.type('one');
    box.pause();
    box.typed.type('two');
    box.typed.type('three');
    assert.deepEqual(box.texts, ['one'], 'one search at a time');
    await box.answer(1);
    assert.deepEqual(box.texts, ['one', 'three']);
    assert.ok(!box.phases.includes('done'));
    await box.answer(3);
    assert.deepEqual(box.states.at(-1), { phase: 'done', result: resultOf(3) });
  });

  it('shows nothing for nothing, also when a search is still under way', async () => {
    const box = new Box();
    box.typed.type('one');
    box.pause();
    box.typed.type('  ');
    await box.answer(1);
    assert.deepEqual(box.texts, ['one']);
    assert.equal(box.phases.at(-1), 'idle');
  });

  it('says that a search failed, and goes on with the next', async () => {
    const box = new Box();
    box.typed.type('one');
    box.pause();
    await box.fail();
    assert.equal(box.phases.at(-1), 'failed');
    box.typed.type('two');
    box.pause();
    await box.answer(2);
    assert.equal(box.phases.at(-1), 'done');
  });

  it('says nothing after its end', async () => {
    const box = new Box();
    box.typed.type('one');
    box.pause();
    box.typed.type('two');
    box.typed.dispose();
    const before = box.states.length;
    await box.answer(1);
    assert.equal(box.states.length, before);
    assert.deepEqual(box.texts, ['one']);
  });
});
