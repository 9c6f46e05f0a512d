import * as l10n from '@vscode/l10n';
import { AZURE_CLOUDS, type AzureCloud } from '../../../sync/azure/azureModule';
import { translated } from '../../../language/translated';
import { sentenceOf } from '../../errors';
import { askChoice, askText, BACK, refusal, type Back, type ChoiceItem } from '../../quickInput';
import { askAzure } from './askAzure';
import type { ConnectDraft, SignInWay } from './connectDraft';
import type { ConnectSession } from './connectSession';
import type { Place, StepAnswer, StepQuestion } from './steps';

export const CLOUD_WORDS = translated<Readonly<Record<AzureCloud, string>>>(() => ({
  public: l10n.t('Azure (public)'),
  usGov: l10n.t('Azure US Government'),
  china: l10n.t('Azure China (21Vianet)'),
}));

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;
/** Tenants are known by one of their domains, too. */
const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/iu;

/** The least that is needed in Azure, said where somebody may still ask for it. */
export const leastRole = (): string =>
  l10n.t('Whoever signs in needs the role Cost Management Reader on the scope.');

/** @param hasEditorAccounts whether the editor has accounts for a cloud */
export function askWay(hasEditorAccounts: (cloud: AzureCloud) => boolean): StepQuestion<ConnectDraft> {
  return async (draft, place) => {
    let { cloud } = draft;
    for (;;) {
      const way = await askChoice<SignInWay | 'more'>({
        ...place,
        placeholder: l10n.t('How do you sign in to Azure? {0}', leastRole()),
        items: wayItems(cloud, hasEditorAccounts(cloud)),
        active: draft.way,
      });
      if (way === BACK) {
        return BACK;
      }
      if (way !== 'more') {
        return { draft: { way, cloud } };
      }
      const chosen = await askCloud(place, cloud);
      cloud = chosen === BACK ? cloud : chosen;
    }
  };
}

function wayItems(cloud: AzureCloud, hasEditorAccounts: boolean): readonly ChoiceItem<SignInWay | 'more'>[] {
  const editor: ChoiceItem<SignInWay> = {
    label: `$(account) ${l10n.t('Microsoft Account of VS Code')}`,
    detail: l10n.t('Nothing to register. VS Code keeps the sign-in and renews it.'),
    value: 'editor',
  };
  return [
    ...(hasEditorAccounts ? [editor] : []),
    {
      label: `$(terminal) ${l10n.t('Azure CLI')}`,
      detail: l10n.t('The account of "az login" on the computer where this extension runs.'),
      value: 'azureCli',
    },
    {
      label: `$(key) ${l10n.t('Client Secret')}`,
      detail: l10n.t('An app registration of your tenant. The secret is kept in the system keyring only.'),
      value: 'clientSecret',
    },
    {
      label: `$(ellipsis) ${l10n.t('More Options...')}`,
      description: CLOUD_WORDS[cloud],
      value: 'more',
    },
  ];
}

function askCloud(place: Place, active: AzureCloud): Promise<AzureCloud | Back> {
  return askChoice<AzureCloud>({
    ...place,
    hasBack: true,
    placeholder: l10n.t('Which cloud is it?'),
    items: AZURE_CLOUDS.map((cloud) => ({ label: CLOUD_WORDS[cloud], value: cloud })),
    active,
  });
}

export const typeTenant: StepQuestion<ConnectDraft> = (draft, place) =>
  typed(
    askText({
      ...place,
      prompt: l10n.t('ID of the tenant (directory), or one of its domains'),
      placeholder: 'contoso.onmicrosoft.com',
      value: draft.tenantId,
      object: (text) => refusal(tenantProblem(text)),
    }),
    (tenantId) => ({ tenantId }),
  );

export const typeClientId: StepQuestion<ConnectDraft> = (draft, place) =>
  typed(
    askText({
      ...place,
      prompt: l10n.t('Application (client) ID of the app registration'),
      value: draft.clientId,
      object: (text) =>
        refusal(
          GUID.test(text.trim())
            ? undefined
            : l10n.t('An ID looks like {0}.', '00000000-0000-0000-0000-000000000000'),
        ),
    }),
    (clientId) => ({ clientId }),
  );

export const typeSecret: StepQuestion<ConnectDraft> = (draft, place) =>
  typed(
    askText({
      ...place,
      prompt: l10n.t('Client secret (its value, not its ID). It is kept in the system keyring only.'),
      value: draft.secret,
      isSecret: true,
      object: (text) => refusal(text.trim() === '' ? l10n.t('Enter the client secret.') : undefined),
    }),
    (secret) => ({ secret }),
  );

type TenantChoice = { readonly id: string } | 'type' | 'retry';

/** Lists the tenants of whoever signs in; where there is one, nobody is asked. */
export function askTenant(session: ConnectSession): StepQuestion<ConnectDraft> {
  return async (draft, place) => {
    const { cloud, way } = draft;
    for (;;) {
      const listed = await askAzure(l10n.t('Signing in to Azure'), (signal) =>
        session.directory({ cloud, way }).tenants(signal),
      );
      const tenants = 'failure' in listed ? [] : listed.value;
      const [only, ...others] = tenants;
      if (only !== undefined && others.length === 0) {
        return { draft: { tenantId: only.id }, isSilent: true };
      }
      const chosen = await askChoice<TenantChoice>({
        ...place,
        placeholder: 'failure' in listed ? sentenceOf(listed.failure) : l10n.t('Which tenant (directory)?'),
        items: [
          ...tenants.map(({ id, name }) => ({ label: name, description: id, value: { id } })),
          ...('failure' in listed ? [retryItem(listed.failure)] : []),
          { label: `$(edit) ${l10n.t('Type a Tenant...')}`, value: 'type' },
        ],
      });
      if (chosen === BACK) {
        return BACK;
      }
      if (chosen === 'type') {
        const answer = await typeTenant(draft, { ...place, hasBack: true });
        if (answer !== BACK) {
          return answer;
        }
      } else if (chosen !== 'retry') {
        return { draft: { tenantId: chosen.id } };
      }
    }
  };
}

/** Tries again what failed, and says why it did. */
export function retryItem(failure: unknown): ChoiceItem<'retry'> {
  return { label: `$(refresh) ${l10n.t('Try Again')}`, detail: sentenceOf(failure), value: 'retry' };
}

function tenantProblem(text: string): string | undefined {
  const tenant = text.trim();
  return GUID.test(tenant) || DOMAIN.test(tenant)
    ? undefined
    : l10n.t('Give the ID of the tenant, or a domain such as contoso.onmicrosoft.com.');
}

async function typed(
  question: Promise<string | Back>,
  use: (text: string) => Partial<ConnectDraft>,
): Promise<StepAnswer<ConnectDraft> | Back> {
  const text = await question;
  return text === BACK ? BACK : { draft: use(text.trim()) };
}
