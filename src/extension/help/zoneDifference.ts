import { localTimeIn } from '../../store/localTime';

const HALF_A_YEAR_S = 182 * 86_400;

/**
 * The two zones as one text to remember, if their clocks differ now or in half a year; undefined for zones that only have two
 * names, such as Europe/Berlin and Europe/Paris.
 * @param now ms since 1970
 */
export function zonesToTell(mirror: string, here: string, now: number): string | undefined {
  const seconds = Math.floor(now / 1000);
  const differs = [seconds, seconds + HALF_A_YEAR_S].some(
    (at) => localTimeIn(mirror)(at).text !== localTimeIn(here)(at).text,
  );
  return differs ? `${mirror} ${here}` : undefined;
}
