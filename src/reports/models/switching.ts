import type { ReportRow } from '../reportModel';

/** Models of the matrix: more cells are no picture. */
export const MATRIX_MODELS = 10;

/** Replies with a next reply, and how many of them are by another model. Pairs that the model filter adds do not count. */
export function switchingOf(pairs: readonly ReportRow[]): {
  readonly followed_replies: number;
  readonly switches: number;
  readonly switch_rate: number | null;
} {
  let followed = 0;
  let switched = 0;
  for (const { is_chosen, from_id, to_id, times } of pairs) {
    if (is_chosen === 1) {
      followed += Number(times);
      switched += from_id === to_id ? 0 : Number(times);
    }
  }
  return {
    followed_replies: followed,
    switches: switched,
    switch_rate: followed === 0 ? null : switched / followed,
  };
}

/** The headline numbers of switching, as one row. */
export function switchingRows([pairs = []]: readonly (readonly ReportRow[])[]): readonly ReportRow[] {
  return [{ is_current: 1, ...switchingOf(pairs) }];
}

/** Pairs of the models with the most replies, for the matrix. */
export function matrixRows([pairs = []]: readonly (readonly ReportRow[])[]): readonly ReportRow[] {
  const replies = new Map<string, number>();
  for (const { from_id, to_id, times } of pairs) {
    for (const id of [String(from_id), String(to_id)]) {
      replies.set(id, (replies.get(id) ?? 0) + Number(times));
    }
  }
  const drawn = new Set(
    [...replies]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MATRIX_MODELS)
      .map(([id]) => id),
  );
  return pairs.filter(({ from_id, to_id }) => drawn.has(String(from_id)) && drawn.has(String(to_id)));
}

/** Changes of model alone, the most frequent first. */
export function switchRows([pairs = []]: readonly (readonly ReportRow[])[]): readonly ReportRow[] {
  return pairs
    .filter(({ from_id, to_id }) => from_id !== to_id)
    .map((row, index) => ({ ...row, rank: index + 1 }));
}
