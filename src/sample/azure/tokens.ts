import { refusal, type AzureReply } from './replies';

/** Seconds that a token is good for. */
const LIFE = 3_600;
const ORGANIZATION = 'https://login.microsoftonline.com';

/** What a token says. */
export interface TokenClaims {
  /** Tenant. */
  readonly tid: string;
  /** Seconds since 1970. */
  readonly exp: number;
  /** The audience that was asked for. */
  readonly aud: string;
  /** What a challenge asked for, given back. */
  readonly claims?: string | undefined;
}

/** The part of @azure/core-auth's options that counts here. */
export interface TokenOptions {
  readonly claims?: string | undefined;
  readonly tenantId?: string | undefined;
}

export interface IssuedToken {
  readonly token: string;
  /** ms since 1970 */
  readonly expiresOnTimestamp: number;
}

/** Somebody who is signed in: a credential as @azure/core-auth has it. */
export class SampleCredential {
  /** Each time that a token was asked for. */
  readonly asked: { readonly scopes: readonly string[]; readonly claims: string | undefined }[] = [];

  constructor(
    private readonly tenantId: string,
    private readonly now: () => number,
  ) {}

  getToken(scopes: string | string[], options: TokenOptions = {}): Promise<IssuedToken> {
    const all = [scopes].flat();
    this.asked.push({ scopes: all, claims: options.claims });
    const exp = Math.floor(this.now() / 1000) + LIFE;
    const claims: TokenClaims = {
      tid: options.tenantId ?? this.tenantId,
      exp,
      aud: all[0] ?? '',
      ...(options.claims === undefined ? {} : { claims: options.claims }),
    };
    return Promise.resolve({ token: tokenOf(claims), expiresOnTimestamp: exp * 1000 });
  }
}

/** A JWT without a signature: only this service believes it. */
export function tokenOf(claims: TokenClaims): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.sample`;
}

/** Reads who asks, or says why nobody is let in. @param now ms since 1970 */
export function admitToken(
  authorization: string | undefined,
  now: number,
): { readonly granted: TokenClaims } | { readonly refused: AzureReply } {
  const token = /^Bearer (?<token>.+)$/u.exec(authorization ?? '')?.groups?.['token'];
  if (token === undefined) {
    return refuse('AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
  }
  const claims = claimsOf(token);
  if (claims === undefined) {
    return refuse('InvalidAuthenticationToken', 'The access token is invalid.');
  }
  return claims.exp * 1000 <= now
    ? refuse('ExpiredAuthenticationToken', 'The access token expiry is before the current time.')
    : { granted: claims };
}

function refuse(code: string, message: string): { readonly refused: AzureReply } {
  return {
    refused: refusal(401, code, message, {
      'www-authenticate': `Bearer authorization_uri="${ORGANIZATION}/common", error="invalid_token", error_description="${message}"`,
    }),
  };
}

/** The token is of another tenant than what it asks for. */
export function wrongTenant(expected: string, given: string): AzureReply {
  return refusal(
    401,
    'InvalidAuthenticationTokenTenant',
    `The access token is from the wrong issuer '${ORGANIZATION}/${given}/'. It must match the tenant '${ORGANIZATION}/${expected}/' associated with this subscription.`,
    { 'www-authenticate': `Bearer authorization_uri="${ORGANIZATION}/${expected}", error="invalid_token"` },
  );
}

function claimsOf(token: string): TokenClaims | undefined {
  try {
    const claims = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    ) as Partial<TokenClaims>;
    const { tid, exp, aud = '' } = claims;
    return tid === undefined || exp === undefined ? undefined : { ...claims, tid, exp, aud };
  } catch {
    return undefined;
  }
}
