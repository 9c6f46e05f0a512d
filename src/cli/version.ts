import { version } from '../../package.json';

/** Version of the product, kept with each sync run. */
export const VERSION: string = version;
