/**
 * What runs in the browser, as text: the benchmark itself knows no DOM. The frame around the page plays the extension, whose answers lie
 * ready; the page has the grid.
 */

/** Answers each request for rows at once. `answers`: messages by their offset, as JSON. */
export function answering(answers: string): string {
  return `(() => {
    const answers = ${answers};
    window.addEventListener('message', ({ data: { kind, value } }) => {
      if (kind === 'posted' && value.type === 'rows') {
        window.send({ ...answers[value.offset], resultId: value.resultId, revision: value.revision });
      }
    });
  })()`;
}

/** Gives the ms from the message with the result until the frame in which its rows were painted, their request in between. */
export function firstPaint(state: string): string {
  return `new Promise((resolve) => {
    const startedAt = performance.now();
    window.postMessage(${state}, '*');
    const look = () => document.querySelector('.grid .cell.text') === null
      ? requestAnimationFrame(look)
      : setTimeout(() => resolve(performance.now() - startedAt));
    requestAnimationFrame(look);
  })`;
}

/** What scrolling came to. */
export interface Scrolled {
  /** Ms from frame to frame. */
  readonly frames: readonly number[];
  /** Ms in which a frame kept the page busy: scripts, styles, layout. */
  readonly busy: readonly number[];
  /** Frames in which a place in sight had no row at all. */
  readonly empty: number;
  /** Frames in which a row in sight stood for values that were on their way. */
  readonly waiting: number;
}

/** Scrolls by so many px at each of so many frames. */
export function scrolling(px: number, frames: number): string {
  return `(async () => {
    const grid = document.querySelector('.grid');
    const head = grid.querySelector('.row.head');
    const seen = () => {
      const top = head.getBoundingClientRect().bottom;
      const bottom = grid.getBoundingClientRect().top + grid.clientHeight;
      const rows = [...grid.querySelectorAll('.canvas > .row')]
        .map((row) => ({ row, box: row.getBoundingClientRect() }))
        .filter(({ box }) => box.bottom > top && box.top < bottom)
        .sort((a, b) => a.box.top - b.box.top);
      let end = top;
      for (const { row, box } of rows) {
        if (box.top > end + 1 || row.textContent === '') { return 'empty'; }
        end = box.bottom;
      }
      if (end < bottom - 1) { return 'empty'; }
      return rows.some(({ row }) => row.querySelector('.waiting') !== null) ? 'waiting' : 'rows';
    };
    const result = { frames: [], busy: [], empty: 0, waiting: 0 };
    const channel = new MessageChannel();
    let last;
    for (let frame = 0; frame < ${frames}; frame += 1) {
      grid.scrollTop += ${px};
      // The scroll is told before the frame's callbacks: by then the grid has asked to be drawn in this very frame.
      const at = await new Promise((resolve) => requestAnimationFrame(resolve));
      const startedAt = performance.now();
      await new Promise((resolve) => {
        channel.port1.onmessage = resolve;
        channel.port2.postMessage(0);
      });
      result.busy.push(performance.now() - startedAt);
      const what = seen();
      if (what !== 'rows') { result[what] += 1; }
      if (last !== undefined) { result.frames.push(at - last); }
      last = at;
    }
    return result;
  })()`;
}
