import { takeWords } from '../../language/workerWords';
import { createAzureClients } from './azureClients';

// The bundle has its own copy of the words' module.
takeWords();

/** What the bundle exports, as `AzureModule` says. */
export const { openCostClient, openDirectory, createCredential } = createAzureClients();
