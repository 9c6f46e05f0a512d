import type { Bucket } from '../buckets';
import type { ReportRow } from '../reportModel';
import { COLOURS } from './palette';
import type { Layer } from './specTypes';
import type { SpecContext } from './time';
import { bucketOfRow, PLOT_WIDTHS, TIME_HEIGHT, timeAxis } from './time';
import { markValues } from './values';

/** What a time axis carries besides its values: areas of which not everything is known, and remarks. */
export interface Annotations {
  /** Below the values. */
  readonly behind: readonly Layer[];
  /** Above the values. */
  readonly before: readonly Layer[];
  /** Pixels at the top that the values leave to words. */
  readonly headroom: number;
}

interface Remark {
  readonly bucket: string;
  readonly text: string;
  /** What the pointer shows. */
  readonly whole: string;
}

/** Neighbouring steps of which nothing, or not everything, is known. */
interface Span {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** How opaque the area is. */
  readonly shade: number;
}

/** Where words stand: beside `bucket`, on one of the lines above the values. */
interface Place {
  readonly bucket: string;
  readonly text: string;
  readonly align: 'left' | 'right';
  readonly lane: number;
}

/** What is shaded: the steps and the words. */
const SHADES: readonly {
  readonly isOne: (bucket: Bucket) => boolean;
  readonly text: string;
  readonly shade: number;
}[] = [
  {
    isOne: ({ unknown_reason }) => unknown_reason === 'beforeFirstMessage',
    text: 'Unknown: before the first message',
    shade: 0.12,
  },
  { isOne: ({ is_behind }) => is_behind === 1, text: 'Partial: not all instances synced', shade: 0.05 },
  {
    isOne: ({ unknown_reason }) => unknown_reason === 'afterLastSync',
    text: 'Unknown: not synced yet',
    shade: 0.12,
  },
];

const LANE = 14;
const MAX_LANES = 3;
/** Pixels of a character, about. */
const CHARACTER = 6;

/**
 * Areas and remarks of a chart's time axis. `marks` is the dataset of its own remarks; without room for words these are left
 * to the pointer.
 */
export function annotationsOf(
  context: SpecContext,
  marks: string | undefined,
  { height = TIME_HEIGHT, hasWords = true }: { readonly height?: number; readonly hasWords?: boolean } = {},
): Annotations {
  const spans = spansOf(context.buckets);
  const remarks = remarksOf(context, marks);
  const places = hasWords ? placesOf(spans, remarks, context) : [];
  const lanes = Math.max(0, ...places.map(({ lane }) => lane + 1));
  return {
    behind: spans.length === 0 ? [] : [spanLayer(spans, context, height)],
    before: [
      ...(remarks.length === 0 ? [] : [ruleLayer(remarks, context, height)]),
      ...(places.length === 0 ? [] : [wordsLayer(places, context)]),
    ],
    headroom: lanes === 0 ? 0 : lanes * LANE + 2,
  };
}

function spansOf(buckets: readonly Bucket[]): Span[] {
  return SHADES.flatMap(({ isOne, text, shade }) => {
    const steps = buckets.filter(isOne);
    const [first] = steps;
    const last = steps.at(-1);
    return first === undefined || last === undefined
      ? []
      : [{ from: first.bucket, to: last.bucket, text, shade }];
  });
}

/** Remarks by step; those of one step are one. */
function remarksOf({ buckets, marks, rowsOf }: SpecContext, dataset: string | undefined): Remark[] {
  const remarks: readonly { readonly row: ReportRow; readonly text: string; readonly whole: string }[] = [
    ...marks.map(({ day, text, detail }) => ({
      row: { day },
      text,
      whole: detail === undefined ? text : `${text}: ${detail}`,
    })),
    ...(dataset === undefined ? [] : rowsOf(dataset)).map((row) => {
      const text = String(row['text'] ?? '');
      return { row, text, whole: text };
    }),
  ];
  const byStep = new Map<string, Remark>();
  for (const { row, text, whole } of remarks) {
    const bucket = bucketOfRow(row, buckets);
    if (bucket !== undefined && text !== '') {
      const before = byStep.get(bucket);
      byStep.set(bucket, {
        bucket,
        text: before === undefined ? text : `${before.text}, ${text}`,
        whole: before === undefined ? whole : `${before.whole}, ${whole}`,
      });
    }
  }
  return [...byStep.values()].sort((a, b) => (a.bucket < b.bucket ? -1 : 1));
}

/** Finds room for words from left to right; words without room are left to the pointer and the summary. */
function placesOf(spans: readonly Span[], remarks: readonly Remark[], context: SpecContext): Place[] {
  const { buckets, isWide } = context;
  const plot = PLOT_WIDTHS[isWide ? 'wide' : 'narrow'];
  const step = plot / Math.max(1, buckets.length);
  const wanted = [...spans.map(({ from, text }) => ({ bucket: from, text })), ...remarks]
    .map((words) => ({ ...words, index: buckets.findIndex(({ bucket }) => bucket === words.bucket) }))
    .sort((a, b) => a.index - b.index);
  const ends: number[] = [];
  const places: Place[] = [];
  for (const { bucket, text, index } of wanted) {
    const width = text.length * CHARACTER;
    const at = index * step;
    const isLeft = at + width <= plot;
    const start = isLeft ? at : at - width;
    const lane = Array.from({ length: MAX_LANES }, (_, line) => line).find(
      (line) => (ends[line] ?? 0) <= start,
    );
    if (lane !== undefined && start >= 0) {
      ends[lane] = start + width + CHARACTER;
      places.push({ bucket, text, align: isLeft ? 'left' : 'right', lane });
    }
  }
  return places;
}

/** A pale area with a dashed edge: told from zero also without its colour. */
function spanLayer(spans: readonly Span[], context: SpecContext, height: number): Layer {
  const values = markValues([{ field: 'text', title: 'Days' }]);
  return {
    data: { values: [...spans] },
    transform: values.transforms,
    mark: {
      type: 'rect',
      color: COLOURS.muted,
      fillOpacity: { expr: 'datum.shade' },
      stroke: COLOURS.muted,
      strokeDash: [3, 3],
      strokeWidth: 1,
    },
    encoding: {
      x: { ...timeAxis(context), field: 'from', bandPosition: 0 },
      x2: { field: 'to', bandPosition: 1 },
      y: { value: 0 },
      y2: { value: height },
      ...values.encoding,
    },
  };
}

function ruleLayer(remarks: readonly Remark[], context: SpecContext, height: number): Layer {
  const values = markValues([{ field: 'whole', title: 'Remark' }]);
  return {
    data: { values: [...remarks] },
    transform: values.transforms,
    mark: { type: 'rule', color: COLOURS.foreground, strokeWidth: 1.5, strokeDash: [2, 2], opacity: 0.7 },
    encoding: {
      x: { ...timeAxis(context), bandPosition: 0 },
      y: { value: 0 },
      y2: { value: height },
      ...values.encoding,
    },
  };
}

function wordsLayer(places: readonly Place[], context: SpecContext): Layer {
  return {
    data: {
      values: places.map(({ bucket, text, align, lane }) => ({
        bucket,
        text,
        align,
        dx: align === 'left' ? 4 : -4,
        dy: lane * LANE + 2,
      })),
    },
    mark: {
      type: 'text',
      color: COLOURS.muted,
      fontSize: 10,
      baseline: 'top',
      align: { expr: 'datum.align' },
      dx: { expr: 'datum.dx' },
      dy: { expr: 'datum.dy' },
      aria: false,
    },
    encoding: {
      x: { ...timeAxis(context), bandPosition: 0 },
      y: { value: 0 },
      text: { field: 'text', type: 'nominal' },
    },
  };
}
