import type { AzureCloud } from './azureModule';

/** Where a cloud's management answers, and where its tokens are made. */
interface CloudAddresses {
  /** Origin of Azure Resource Manager, without a slash at its end. */
  readonly endpoint: string;
  /** What a token is asked for. */
  readonly audience: string;
  /** Where applications and workloads sign in. */
  readonly authorityHost: string;
}

export const CLOUD_ADDRESSES: Readonly<Record<AzureCloud, CloudAddresses>> = {
  public: {
    endpoint: 'https://management.azure.com',
    audience: 'https://management.azure.com/.default',
    authorityHost: 'https://login.microsoftonline.com',
  },
  usGov: {
    endpoint: 'https://management.usgovcloudapi.net',
    audience: 'https://management.usgovcloudapi.net/.default',
    authorityHost: 'https://login.microsoftonline.us',
  },
  china: {
    endpoint: 'https://management.chinacloudapi.cn',
    audience: 'https://management.chinacloudapi.cn/.default',
    authorityHost: 'https://login.partner.microsoftonline.cn',
  },
};
