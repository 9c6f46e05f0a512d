/** `warning`: nothing is lost, but somebody should know. `damage`: something cannot be read any more. */
export type CheckSeverity = 'ok' | 'warning' | 'damage';

/** What was looked at. */
export type CheckSubject = 'seal' | 'format' | 'structure' | 'references' | 'texts' | 'derived' | 'file';

/** One thing that a check found. */
export interface CheckFinding {
  /** Name below the data folder, with `/`. */
  readonly file: string;
  readonly severity: CheckSeverity;
  /** `file`: nothing is wrong with the whole of it. */
  readonly what: CheckSubject;
  readonly sentence: string;
  /** What to do about it; undefined: nothing. */
  readonly nextStep?: string | undefined;
}

/** Messages whose text cannot be read any more, or whose numbers do not agree; syncs may fetch them again. */
export interface LostTexts {
  /** Messages whose text is lost. */
  readonly messages: number;
  /** Of these, messages that their server may still have. */
  readonly fetchable: number;
  /** Chats that {@link StoreWriter.refetchTexts} would have fetched again. */
  readonly chats: number;
}

/** What a check of the whole data folder found. */
export interface CheckReport {
  /** Number of the generation that is in use; 0: none. */
  readonly generation: number;
  /** The file that is in use; undefined: none can be read. */
  readonly file?: string | undefined;
  /** File by file, in the order in which they would be used. */
  readonly findings: readonly CheckFinding[];
  readonly lost: LostTexts;
}

/** What became of a {@link LostTexts}. */
export interface RefetchResult extends LostTexts {
  readonly generation: number;
  readonly published: boolean;
}
