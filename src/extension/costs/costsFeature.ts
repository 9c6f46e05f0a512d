import type { CoreFeature } from '../core';
import { confirmPrices } from './confirmPrices';
import { setBudget } from './setBudget';

/** Confirm Prices, Set Budget. */
export const costsFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.confirmPrices', () => confirmPrices(core));
  core.registerCommand('openwebuiSync.setBudget', () => setBudget(core));
  return undefined;
};
