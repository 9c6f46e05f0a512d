import type { ResourceMapping } from '../../../store/analysis/analysisTypes';

/** What is said of a resource: by itself, or by the group or subscription that it is in; the closest one counts. */
export function mappingOf(
  resourceId: string,
  mappings: readonly ResourceMapping[],
): ResourceMapping | undefined {
  return mappings
    .filter(({ resource }) => resourceId === resource || resourceId.startsWith(`${resource}/`))
    .sort((one, other) => other.resource.length - one.resource.length)[0];
}

/** What a resource is called, and where it is: `my-openai`, `my-group · microsoft.cognitiveservices/accounts`. */
export function resourceName(resourceId: string): { readonly name: string; readonly place: string } {
  const parts = resourceId.split('/').filter((part) => part !== '');
  const group = parts[parts.indexOf('resourcegroups') + 1];
  const type = /\/providers\/([^/]+\/[^/]+)/u.exec(`/${parts.join('/')}`)?.[1];
  const isInGroup = parts.includes('resourcegroups');
  return {
    name: parts[parts.length - 1] ?? resourceId,
    place: [isInGroup ? group : undefined, type].filter((part) => part !== undefined).join(' · '),
  };
}

/** Whether it answers questions of models: those are asked about first. */
export function isModelResource(resourceId: string): boolean {
  return /\/providers\/(?:microsoft\.cognitiveservices\/accounts|microsoft\.saas\/resources|microsoft\.machinelearningservices\/)/u.test(
    `/${resourceId}`,
  );
}
