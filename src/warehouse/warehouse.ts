import { takeWords } from '../language/workerWords';
import { push } from './push/push';
import { openWarehouseReader } from './reading/openWarehouseReader';
import { testWarehouse } from './testWarehouse';

// The bundle has its own copy of the words' module.
takeWords();

/** What the bundle exports, as `WarehouseModule` says. */
export { openWarehouseReader, push, testWarehouse };
