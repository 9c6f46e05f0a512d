import type { DeletableStream } from '../../store/mirrorFacts';
import { secondsOf } from '../engine/syncTypes';
import { readVersion } from '../openwebui/auth';
import { isFailure } from '../openwebui/failures';
import { compareLists } from './compareLists';
import { spread } from './sampling';
import { verifyChats } from './verifyChats';
import type { VerifyContext } from './verifyContext';
import { verifyMessages } from './verifyMessages';
import type { VerifyArea, VerifyReport } from './verifyTypes';
import { verifyUsers } from './verifyUsers';
import { WHOLE_STREAMS, type WholeStreamReading } from './wholeStreams';

/** Users whose chats are compared unless more are asked for. */
export const SAMPLED_USERS = 15;
const SAMPLED_CHATS = 20;

/**
 * Compares a mirror with its server: everything that can be listed cheaply by its ids, the chats of some users by
 * their lists, and some chats message by message. Nothing is written anywhere.
 * @param sample how many users' chats are compared
 * @throws OpenWebUiError when the server cannot be asked at all; what may not be read is a `problem` of its area
 */
export async function verifyMirror(context: VerifyContext, sample: number | 'all'): Promise<VerifyReport> {
  const { instance, client, clock, differences, random } = context;
  const serverVersion = await readVersion(client);
  const users = await verifyUsers(context);
  const chosen = sample === 'all' ? users.common : spread(users.common, sample, random);
  const chats = await verifySample(context, chosen);
  const whole: VerifyArea[] = [];
  for (const reading of WHOLE_STREAMS) {
    whole.push(await verifyWhole(context, reading));
  }
  const sampledUsers = chosen.length < users.common.length ? chosen.length : undefined;
  const [groups, ...others] = whole;
  return {
    instanceId: instance.id,
    instanceName: instance.name,
    checkedAt: secondsOf(clock),
    serverVersion,
    areas: [users.area, groups, ...chats.areas.map((area) => ({ ...area, sampledUsers })), ...others].filter(
      (area) => area !== undefined,
    ),
    sampledChats: chats.sampledChats,
    differences: differences.listed,
    differenceCount: differences.count,
    requests: client.statistics.requests,
  };
}

interface VerifiedSample {
  readonly areas: readonly VerifyArea[];
  readonly sampledChats: number;
}

async function verifySample(context: VerifyContext, users: readonly string[]): Promise<VerifiedSample> {
  try {
    const { area, equal } = await verifyChats(context, users);
    const messages = await verifyMessages(context, spread(equal, SAMPLED_CHATS, context.random));
    return { areas: [area, messages.area], sampledChats: messages.sampledChats };
  } catch (error) {
    const mirror = await context.writer.liveChats(context.runId);
    return { areas: [{ stream: 'chats', mirror, problem: problemOf(error) }], sampledChats: 0 };
  }
}

async function verifyWhole(
  context: VerifyContext,
  { stream, server, mirror, exists }: WholeStreamReading,
): Promise<VerifyArea> {
  const { writer, runId, client, differences, progress } = context;
  const known = await mirror(context);
  try {
    const listed = await server(context);
    const held = await writer.heldDeletions(runId, stream satisfies DeletableStream);
    const ask = exists && ((id: string): Promise<boolean> => exists(client, id));
    return await compareLists(stream, { server: listed, mirror: known, held, exists: ask }, differences);
  } catch (error) {
    return { stream, mirror: known.size, problem: problemOf(error) };
  } finally {
    progress({ stream, done: known.size });
  }
}

/** @throws what keeps the rest from being compared too */
function problemOf(error: unknown): string {
  if (!isFailure(error) || error.reach === 'run') {
    throw error;
  }
  return error.message;
}
