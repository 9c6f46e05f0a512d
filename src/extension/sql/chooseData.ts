import * as l10n from '@vscode/l10n';
import { chooseOne } from '../quickInput';
import type { SourceId } from '../sources/dataSource';
import type { DataSources } from '../sources/dataSources';

/** Asks which data queries, the schema view and notebooks read. @throws CancelledError */
export async function chooseData(sources: DataSources): Promise<void> {
  const names: Readonly<Record<SourceId, string>> = {
    mirror: l10n.t('Mirror'),
    demo: l10n.t('Demo data'),
  };
  const { sourceId: current } = sources.current;
  sources.choose(
    await chooseOne(
      l10n.t('Choose Data for Queries'),
      l10n.t('Which data do you want to read?'),
      sources.list().map(({ sourceId, folder }) => ({
        label: names[sourceId],
        description: sourceId === current ? l10n.t('in use') : '',
        detail: folder.root,
        value: sourceId,
      })),
    ),
  );
}
