import type { Back, Step } from '../../quickInput';

/** Where a question stands, and whether there is a way back from it. */
export interface Place extends Step {
  readonly hasBack: boolean;
}

/** What a question adds to the draft; `isSilent`: nobody was asked, so that a way back does not end here. */
export interface StepAnswer<D> {
  readonly draft: Partial<D>;
  readonly isSilent?: boolean | undefined;
}

export type StepQuestion<D> = (draft: D, place: Place) => Promise<StepAnswer<D> | Back>;

/** A sequence of questions, which may differ by the answers so far. */
export interface StepSequence<D> {
  readonly title: string;
  readonly questionsFor: (draft: D) => readonly StepQuestion<D>[];
}

/** Asks one question after the other, with a way back to each that was asked. @throws CancelledError */
export async function askSteps<D>({ title, questionsFor }: StepSequence<D>, start: D): Promise<D> {
  let draft = start;
  let index = 0;
  /** Questions that were shown, in their order. */
  const asked: number[] = [];
  for (;;) {
    const questions = questionsFor(draft);
    const question = questions[index];
    if (question === undefined) {
      return draft;
    }
    const place = { title, step: index + 1, totalSteps: questions.length, hasBack: asked.length > 0 };
    const answer = await question(draft, place);
    // The only symbol that a question gives is the one for the way back.
    if (typeof answer === 'symbol') {
      index = asked.pop() ?? 0;
      continue;
    }
    if (answer.isSilent !== true) {
      asked.push(index);
    }
    draft = { ...draft, ...answer.draft };
    index += 1;
  }
}
